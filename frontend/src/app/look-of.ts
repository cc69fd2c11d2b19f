/** Which look the frame has at an address; the styles ask for it as `data-page`, which page.js writes first. */
export function lookOf(pathname: string): "map" | "poster" | "other" {
  if (pathname === "/") return "map";
  return pathname.endsWith("/poster") ? "poster" : "other";
}
