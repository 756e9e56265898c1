/** The picture as SVG: a circle a point, the far ones first, and names of those that matter. */

export interface SvgPoint {
  readonly x: number;
  readonly y: number;
  readonly depth: number;
  readonly radius: number;
  readonly color: string;
  /** Empty: none is written. */
  readonly label: string;
}

export function svgOf(
  points: SvgPoint[],
  size: { readonly width: number; readonly height: number },
  look: { readonly ground: string; readonly text: string; readonly font: string },
): Blob {
  const { width, height } = size;
  points.sort((a, b) => b.depth - a.depth);
  const circles = points.map(
    ({ x, y, radius, color }) =>
      `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${radius.toFixed(2)}" fill="${color}"/>`,
  );
  const names = points
    .filter(({ label }) => label !== "")
    .map(
      ({ x, y, label }) =>
        `<text x="${(x + 7).toFixed(1)}" y="${(y + 4).toFixed(1)}">${escaped(label)}</text>`,
    );
  return new Blob(
    [
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
      `<rect width="100%" height="100%" fill="${look.ground}"/>`,
      ...circles,
      `<g font-family="${escaped(look.font)}" font-size="11" fill="${look.text}">`,
      ...names,
      "</g></svg>",
    ],
    { type: "image/svg+xml" },
  );
}

function escaped(text: string): string {
  return text.replace(
    /[&<>"]/g,
    (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign] ?? "",
  );
}
