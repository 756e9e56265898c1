/** Saves what is selected, or all points where nothing is: as a table, as vectors, as a picture. */
import { chartTheme, scheme } from "../../../app/theme.ts";
import { fileName, save } from "../../../board/save.ts";
import { textAt } from "../data/columns.ts";
import { cssOf, GREY } from "../data/palettes.ts";
import { coloring, isShown, labelling } from "../state/looks.ts";
import { main } from "../state/pane.ts";
import { selection } from "../state/selection.ts";
import { scatterOf } from "../state/tools.ts";
import { csvOf } from "./csv.ts";
import { npyOf } from "./npy.ts";
import { type SvgPoint, svgOf } from "./svg.ts";

export type Format = "csv" | "npy" | "svg" | "png";

export function exportSelection(format: Format): void {
  makers[format]()
    .then((blob) => {
      const title = fileName(main.data.peek()?.title ?? "points");
      if (blob) save(blob, `${title}.${format}`);
    })
    .catch((error: unknown) => main.fail(error));
}

/** Rows that are meant: the selected, else all that are shown. */
function meant(): ArrayLike<number> {
  const { rows } = selection.peek();
  if (rows.length > 0) return rows;
  const shown = isShown.peek();
  return Array.from({ length: main.rows.peek() }, (_, row) => row).filter(shown);
}

const AXES = ["x", "y", "z"];

const makers: Readonly<Record<Format, () => Promise<Blob | null>>> = {
  async csv() {
    const picture = main.picture.peek();
    const positions = picture?.positions;
    const axes = positions
      ? AXES.slice(0, positions.dims).map((name, axis) => ({
          name: `${picture.kind}_${name}`,
          at: (row: number) => positions.data[row * positions.dims + axis]!,
        }))
      : [];
    return csvOf(meant(), main.data.peek()?.columns ?? [], axes);
  },

  async npy() {
    const { client } = main;
    const dims = main.data.peek()?.dims ?? 0;
    if (!client) return null;
    const rows = meant();
    const data = new Float32Array(rows.length * dims).fill(Number.NaN);
    const AT_ONCE = 256;
    for (let at = 0; at < rows.length; at += AT_ONCE) {
      const some = Array.from({ length: Math.min(AT_ONCE, rows.length - at) }, (_, i) => rows[at + i]!);
      const vectors = await Promise.all(some.map((row) => client.vector(row)));
      for (const [i, vector] of vectors.entries()) if (vector) data.set(vector, (at + i) * dims);
    }
    return npyOf(data, rows.length, dims);
  },

  async svg() {
    const scatter = scatterOf.peek();
    if (!scatter) return null;
    const colorOf = coloring();
    const { rows, has } = selection.peek();
    const column = labelling.peek();
    const grey = cssOf(GREY[scheme.peek()]);
    const points: SvgPoint[] = [];
    scatter.each((row, x, y, depth, radius) => {
      const chosen = rows.length === 0 || has(row);
      const label = rows.length > 0 && rows.length <= 200 && has(row) && column ? textAt(column, row) : "";
      points.push({ x, y, depth, radius, color: chosen ? cssOf(colorOf(row)) : grey, label });
    });
    const { background: ground, text, font } = chartTheme.peek();
    return svgOf(points, scatter.stage, { ground, text, font });
  },

  async png() {
    const bitmap = scatterOf.peek()?.bitmap();
    if (!bitmap) return null;
    return new Promise((resolve) => bitmap.toBlob(resolve, "image/png"));
  },
};
