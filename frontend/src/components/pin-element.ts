import { SIGN_GLYPHS, signOf, SPECIES_GLYPHS } from "@/lib/glyphs";
import { type Cluster, isCluster, type Pin } from "@/lib/pins";
import { ago } from "@/lib/time";
import { SIGN_NAMES, SPECIES_NAMES } from "@/lib/words";

const SVG = "http://www.w3.org/2000/svg";

export const markElement = (mark: Pin | Cluster): HTMLElement =>
  isCluster(mark) ? clusterElement(mark) : pinElement(mark);

export const markLabel = (mark: Pin | Cluster): string =>
  isCluster(mark) ? clusterLabel(mark) : pinLabel(mark);

/** Name a mark for those who do not see it: the map's library only names images. */
export function describeMark(element: HTMLElement | undefined, mark: Pin | Cluster): void {
  element?.setAttribute("role", "img");
  element?.setAttribute("aria-label", markLabel(mark));
  element?.setAttribute("data-mark", mark.id);
}

/** What a pin looks like: an outline and a sign of its own for each kind, around the picture or the animal. */
function pinElement(pin: Pin): HTMLElement {
  const sign = signOf(pin);
  const shape = element(
    "span",
    "pin__shape",
    pin.thumbnail ? picture(pin.thumbnail, pin.colour) : animal(pin),
  );
  const badge = element("span", "pin__badge", glyph(SIGN_GLYPHS[sign]));
  return element("span", `pin pin--${sign}`, element("span", "pin__tail"), shape, badge);
}

function pinLabel(pin: Pin): string {
  return `${SIGN_NAMES[signOf(pin)]}: ${pin.title}, ${SPECIES_NAMES[pin.species]}, ${ago(pin.eventAt)}`;
}

function clusterElement(cluster: Cluster): HTMLElement {
  const size = cluster.count < 10 ? "few" : cluster.count < 100 ? "some" : "many";
  return element("span", `cluster cluster--${size}`, document.createTextNode(String(cluster.count)));
}

function clusterLabel(cluster: Cluster): string {
  return `${cluster.count} announcements here: zoom in to see them`;
}

function picture(source: string, colour: string | null): HTMLElement {
  const image = element("img", "pin__picture") as HTMLImageElement;
  Object.assign(image, {
    src: source,
    alt: "",
    width: 160,
    height: 160,
    decoding: "async",
    draggable: false,
  });
  if (colour) image.style.backgroundColor = colour;
  return image;
}

function animal(pin: Pin): HTMLElement {
  return element("span", "pin__animal", glyph(SPECIES_GLYPHS[pin.species] ?? SPECIES_GLYPHS.other));
}

function element(tag: string, className: string, ...children: Node[]): HTMLElement {
  const made = document.createElement(tag);
  made.className = className;
  made.append(...children);
  return made;
}

function glyph(drawing: string): SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", drawing);
  path.setAttribute("fill", "currentColor");
  path.setAttribute("fill-rule", "evenodd");
  svg.append(path);
  return svg;
}
