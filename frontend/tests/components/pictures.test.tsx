import { render, screen } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { expect, it } from "vitest";
import { PictureView } from "@/components/PictureView";
import { SimilarNotice } from "@/components/SimilarNotice";
import { Thumbnail } from "@/components/Thumbnail";
import type { Similar } from "@/lib/announcements";
import { picture } from "../builders";

const HASH = "3OcRJYB4d3h/iIeHeEh3eIhw+j2w";

it("offers a picture in two widths and keeps its place while it loads", () => {
  render(<PictureView picture={picture({ placeholder: HASH })} alt="Brown dog" sizes="100vw" />);
  const shown = screen.getByRole("img");
  expect(shown).toHaveAttribute("srcset", "/renditions/p1/d-640.webp 640w, /renditions/p1/d-1600.webp 1600w");
  expect(shown).toHaveAttribute("width", "4000");
  expect(shown).toHaveAttribute("height", "3000");
  expect(shown.style.backgroundImage).toMatch(/^url\("?data:image\/bmp/);
  expect(shown).toHaveStyle({ backgroundColor: "#887766" });
});

it("names the widths of an upright picture by its shorter side", () => {
  render(<PictureView picture={picture({ width: 3000, height: 4000 })} alt="Brown dog" sizes="100vw" />);
  expect(screen.getByRole("img").getAttribute("srcset")).toMatch(/ 480w, .* 1200w$/);
});

it("shows a thumbnail over its colour, and no colour behind a drawing", () => {
  const { container, rerender } = render(<Thumbnail source="/t.webp" species="dog" colour="#887766" />);
  const frame = container.firstElementChild as HTMLElement;
  expect(frame).toHaveStyle({ backgroundColor: "#887766" });
  expect(container.querySelector("img")).toHaveAttribute("width", "160");
  rerender(<Thumbnail source={null} species="dog" colour="#887766" />);
  expect(frame.style.backgroundColor).toBe("");
});

const similar = (changes: Partial<Similar> = {}): Similar => ({
  announcement_id: "bcdefghijklmnopqrstu",
  title: "My dog Rex",
  kind: "lost",
  thumbnail: "/renditions/p2/d-160.webp",
  distance_m: 12_300,
  ...changes,
});

it("tells that a photo may already be on the map, with the way there", () => {
  render(
    <SimilarNotice
      similar={[similar(), similar({ announcement_id: "x", title: "Rex again", distance_m: 0 })]}
    />,
    {
      wrapper: MemoryRouter,
    },
  );
  expect(screen.getByRole("status")).toHaveTextContent("This photo may already be on the map");
  expect(screen.getByRole("link", { name: "My dog Rex" })).toHaveAttribute("href", "/a/bcdefghijklmnopqrstu");
  expect(screen.getByText("Lost · 12 km away")).toBeInTheDocument();
  expect(screen.getByText("Lost · in the same neighbourhood")).toBeInTheDocument();
});

it("says nothing where nobody shows it", () => {
  const { container } = render(<SimilarNotice similar={[]} />, { wrapper: MemoryRouter });
  expect(container).toBeEmptyDOMElement();
});
