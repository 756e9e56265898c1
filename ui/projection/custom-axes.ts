/** Where rows lie along axes that a person chose: from the centroid of some rows to that of others. */
import type { PointSet } from "./point-set.ts";
import type { CustomOptions } from "./types.ts";
import { inPieces, type Work } from "./work.ts";

/** A column of all rows for each axis. */
export function* customAxes(
  points: PointSet,
  { axes, kind = "linear" }: CustomOptions,
): Work<Float32Array<ArrayBuffer>[]> {
  const columns: Float32Array<ArrayBuffer>[] = [];
  for (const { left, right } of axes) {
    const from = yield* centroid(points, left);
    const to = yield* centroid(points, right);
    const direction = to.map((value, d) => value - from[d]!);
    const origin = kind === "angular" ? to.map((value, d) => (value + from[d]!) / 2) : undefined;
    columns.push(yield* along(points, direction, origin));
  }
  return columns;
}

function* centroid(points: PointSet, rows: ArrayLike<number>): Work<Float64Array<ArrayBuffer>> {
  const { dims } = points;
  const sum = new Float64Array(dims);
  let used = 0;
  const add = (point: number): void => {
    if (point < 0) return;
    used++;
    const values = points.point(point);
    for (let d = 0; d < dims; d++) sum[d] = sum[d]! + values[d]!;
  };
  const all = rows.length === 0;
  yield* inPieces("scores", all ? points.count : rows.length, Math.ceil(4e6 / dims), (from, to) => {
    for (let i = from; i < to; i++) add(all ? i : points.pointOf(rows[i]!));
  });
  if (used === 0) throw new RangeError("none of the rows of this pole has a vector without NaN or infinity");
  return sum.map((value) => value / used);
}

/** With an origin: the cosine of the angle seen from there; without: the product. */
function* along(
  points: PointSet,
  direction: Float64Array,
  origin: Float64Array | undefined,
): Work<Float32Array<ArrayBuffer>> {
  const { dims, count } = points;
  const length = Math.hypot(...direction);
  const column = new Float32Array(count);
  yield* points.inPieces("scores", (from, to) => {
    for (let point = from; point < to; point++) {
      const values = points.point(point);
      let product = 0;
      let square = 0;
      for (let d = 0; d < dims; d++) {
        const value = values[d]! - (origin ? origin[d]! : 0);
        product += value * direction[d]!;
        square += value * value;
      }
      const scale = origin ? length * Math.sqrt(square) : 1;
      column[point] = scale > 0 ? product / scale : 0;
    }
  });
  return points.spread(column, 1, Number.NaN);
}
