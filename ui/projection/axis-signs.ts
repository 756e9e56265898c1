/** Which way round axes point whose sign says nothing, such as principal components. */
import type { Positions } from "./types.ts";

/** Positions along axes that have names; an empty text for an axis that is nothing. */
interface NamedAxes {
  readonly positions: Positions;
  readonly axes: readonly string[];
}

/** Keeps the sign of each axis from picture to picture. Nothing but signs changes, so that axes stay what they are called. */
export class AxisSigns {
  readonly #known = new Map<string, 1 | -1>();

  /** For other vectors: their axes are compared anew. */
  forget(): void {
    this.#known.clear();
  }

  /** The picture with the signs that were chosen before; an axis that is new gets the one that fits `before` best. */
  apply({ positions, axes }: NamedAxes, before: NamedAxes | null): Positions {
    const { data, dims } = positions;
    const signs = Array.from({ length: dims }, (_, axis) => {
      const name = axes[axis] ?? "";
      if (name === "") return 1;
      const sign = this.#known.get(name) ?? signOf(positions, axis, before, before?.axes.indexOf(name) ?? -1);
      this.#known.set(name, sign);
      return sign;
    });
    if (!signs.includes(-1)) return positions;
    return { data: data.map((value, i) => value * signs[i % dims]!), dims };
  }
}

/** -1 where rows lie the other way round along the same axis of the picture before. */
function signOf({ data, dims }: Positions, axis: number, before: NamedAxes | null, other: number): 1 | -1 {
  if (!before || other < 0 || other >= before.positions.dims) return 1;
  const { data: old, dims: oldDims } = before.positions;
  if (data.length / dims !== old.length / oldDims) return 1;
  let together = 0;
  for (let at = axis, oldAt = other; at < data.length; at += dims, oldAt += oldDims) {
    const product = data[at]! * old[oldAt]!;
    if (Number.isFinite(product)) together += product;
  }
  return together < 0 ? -1 : 1;
}
