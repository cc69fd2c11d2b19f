import { backdrop } from "@/components/backdrop";
import type { Picture } from "@/lib/announcements";

interface PictureViewProps {
  picture: Picture;
  alt: string;
  /** How wide it is shown, in the words of the sizes attribute. */
  sizes: string;
  first?: boolean;
}

/** A picture in the size the screen needs; its place is kept while it loads. */
export function PictureView({ picture, alt, sizes, first = false }: PictureViewProps) {
  const { renditions, width, height } = picture;
  const { "640": card, "1600": full } = renditions ?? {};
  if (!card) return null;
  return (
    <img
      className="picture"
      src={card}
      srcSet={full ? `${card} ${widthOf(picture, 640)}w, ${full} ${widthOf(picture, 1600)}w` : undefined}
      sizes={sizes}
      alt={alt}
      width={width ?? undefined}
      height={height ?? undefined}
      style={backdrop(picture)}
      loading={first ? "eager" : "lazy"}
      fetchPriority={first ? "high" : "auto"}
      decoding="async"
    />
  );
}

/** The width in pixels of a rendition, which is named by its longest side. */
function widthOf({ width, height }: Picture, longest: number): number {
  if (!width || !height) return longest;
  return Math.round(width * Math.min(1, longest / Math.max(width, height)));
}
