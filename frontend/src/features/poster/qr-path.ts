import qrcode from "qrcode-generator";

const QUIET = 4; // modules of white around a code, as its standard asks for

/** A QR code as a path of an SVG, and the side of its square in modules, the quiet zone among them. */
export function qrPath(text: string): { path: string; side: number } {
  const code = qrcode(0, "M"); // as small as it goes; a seventh of it may be torn off or wet
  code.addData(text, "Byte");
  code.make();
  const count = code.getModuleCount();
  const rows = Array.from({ length: count }, (_, row) => runs(count, (column) => code.isDark(row, column)));
  const path = rows.flatMap((run, row) =>
    run.map(([from, length]) => `M${from + QUIET} ${row + QUIET}h${length}v1h-${length}z`),
  );
  return { path: path.join(""), side: count + 2 * QUIET };
}

/** Where dark modules follow each other: drawn as one, they leave no hairline between them on paper. */
function runs(count: number, isDark: (column: number) => boolean): [from: number, length: number][] {
  const found: [number, number][] = [];
  for (let column = 0; column < count; column += 1) {
    if (!isDark(column)) continue;
    const last = found.at(-1);
    if (last && last[0] + last[1] === column) last[1] += 1;
    else found.push([column, 1]);
  }
  return found;
}
