/** Where a line's marks go: triangles for what is not a number, dots for points that no line reaches. */

export interface Mark {
  readonly x: number;
  readonly y: number;
  /** `nan` sits at the last finite value; `up` and `down` are the infinities, at the plot's edges. */
  readonly kind: "nan" | "up" | "down" | "dot";
}

/** Closer marks of one kind would only smear. */
const APART = 7;

/**
 * Marks of one line. `px`, `py` are pixel positions, `values` the data they stand for; `top` and `bottom` are the
 * plot's edges.
 */
export function lineMarks(
  values: Float32Array,
  px: Float32Array,
  py: Float32Array,
  top: number,
  bottom: number,
): Mark[] {
  const marks: Mark[] = [];
  const lastAt = { nan: -APART, up: -APART, down: -APART, dot: -APART };
  let finiteY = Number.NaN;
  const add = (kind: Mark["kind"], x: number, y: number): void => {
    if (!Number.isFinite(x) || x - lastAt[kind] < APART) return;
    lastAt[kind] = x;
    marks.push({ kind, x, y });
  };
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) add("nan", px[i]!, Number.isNaN(finiteY) ? nextFinite(py, i, bottom) : finiteY);
    else if (value === Number.POSITIVE_INFINITY) add("up", px[i]!, top);
    else if (value === Number.NEGATIVE_INFINITY) add("down", px[i]!, bottom);
    else {
      if (!Number.isNaN(py[i]!)) finiteY = py[i]!;
      if (isDrawn(px, py, i) && !isDrawn(px, py, i - 1) && !isDrawn(px, py, i + 1))
        add("dot", px[i]!, py[i]!);
    }
  }
  return marks;
}

function isDrawn(px: Float32Array, py: Float32Array, i: number): boolean {
  return i >= 0 && i < px.length && Number.isFinite(px[i]!) && Number.isFinite(py[i]!);
}

function nextFinite(py: Float32Array, from: number, otherwise: number): number {
  for (let i = from; i < py.length; i++) if (Number.isFinite(py[i]!)) return py[i]!;
  return otherwise;
}
