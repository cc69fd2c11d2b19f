import type { CSSProperties } from "react";
import { pictureOfHash } from "@/lib/thumbhash";

interface Awaited {
  colour?: string | null;
  placeholder?: string | null;
}

/** What stands in the place of a picture while it loads: a blur of it, or at least its colour. */
export function backdrop({ colour, placeholder }: Awaited): CSSProperties | undefined {
  const blur = placeholder ? pictureOfHash(placeholder) : null;
  if (!blur && !colour) return undefined;
  return {
    ...(colour ? { backgroundColor: colour } : {}),
    ...(blur ? { backgroundImage: `url("${blur}")`, backgroundSize: "100% 100%" } : {}),
  };
}
