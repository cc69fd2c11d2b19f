import { clusterElement } from "@/components/cluster-element";
import { element, glyph, picture } from "@/components/drawing";
import { MAP_WORDS } from "@/components/map-words";
import { SIGN_GLYPHS, signOf, SPECIES_GLYPHS } from "@/lib/glyphs";
import { type Cluster, isCluster, type Pin } from "@/lib/pins";
import { ago } from "@/lib/time";
import { countsByKind, SIGN_NAMES, SPECIES_NAMES } from "@/lib/words";

export const markElement = (mark: Pin | Cluster): HTMLElement =>
  isCluster(mark) ? clusterElement(mark) : pinElement(mark);

export const markLabel = (mark: Pin | Cluster): string =>
  isCluster(mark) ? clusterLabel(mark) : pinLabel(mark);

/**
 * Name a mark for those who do not see it: the map's library only names images.
 * Marks stay out of the order of the Tab key: the list says and does the same, one by one.
 */
export function describeMark(element: HTMLElement | undefined, mark: Pin | Cluster): void {
  element?.setAttribute("role", isCluster(mark) ? "button" : "img");
  if (isCluster(mark)) element?.setAttribute("tabindex", "-1");
  element?.setAttribute("aria-label", markLabel(mark));
  element?.setAttribute("title", markLabel(mark));
  element?.setAttribute("data-mark", mark.id);
}

/** What a pin looks like: an outline and a sign of its own for each kind, around the picture or the animal. */
function pinElement(pin: Pin): HTMLElement {
  const sign = signOf(pin);
  const shape = element(
    "span",
    "pin__shape",
    pin.thumbnail ? picture("pin__picture", pin.thumbnail, pin.colour) : animal(pin),
  );
  const badge = element("span", "pin__badge", glyph(SIGN_GLYPHS[sign]));
  return element("span", `pin pin--${sign}`, element("span", "pin__tail"), shape, badge);
}

function pinLabel(pin: Pin): string {
  return `${SIGN_NAMES[signOf(pin)]}: ${pin.title}, ${SPECIES_NAMES[pin.species]}, ${ago(pin.eventAt)}`;
}

const clusterLabel = ({ count, kinds }: Cluster): string => MAP_WORDS.map.cluster(count, countsByKind(kinds));

function animal(pin: Pin): HTMLElement {
  return element("span", "pin__animal", glyph(SPECIES_GLYPHS[pin.species] ?? SPECIES_GLYPHS.other));
}
