import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { FormErrors } from "@/components/FormErrors";
import { Problem } from "@/lib/problem";

it("tells what no field shows, without the names that only programs know", () => {
  const errors = [
    { field: "link", message: "must be an http or https address" },
    { field: "removed_pictures.0", message: "is too odd" },
  ];
  render(<FormErrors error={new Problem(422, { errors })} />);
  const items = screen.getAllByRole("listitem").map(({ textContent }) => textContent);
  expect(items).toEqual(["is too odd"]);
});
