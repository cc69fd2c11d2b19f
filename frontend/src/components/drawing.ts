const SVG = "http://www.w3.org/2000/svg";

/** The parts of marks, made by hand: the map's library wants elements. */
export function element(tag: string, className: string, ...children: Node[]): HTMLElement {
  const made = document.createElement(tag);
  made.className = className;
  made.append(...children);
  return made;
}

export function picture(className: string, source: string, colour: string | null): HTMLElement {
  const image = element("img", className) as HTMLImageElement;
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

/** A drawing in a 24 x 24 box, filled by the even-odd rule. */
export function glyph(drawing: string): SVGElement {
  return svg("0 0 24 24", [{ d: drawing, fill: "currentColor", "fill-rule": "evenodd" }]);
}

export function svg(viewBox: string, paths: readonly Record<string, string>[]): SVGElement {
  const made = document.createElementNS(SVG, "svg");
  made.setAttribute("viewBox", viewBox);
  for (const attributes of paths) {
    const path = document.createElementNS(SVG, "path");
    for (const [name, value] of Object.entries(attributes)) path.setAttribute(name, value);
    made.append(path);
  }
  return made;
}
