/** Where labels stand already: two that touch tell nothing. */

/** Units of the scene that are left free between two labels beside each other, and a line of them. */
const [GAP, LINE] = [8, 12];

export class LabelPlaces {
  readonly #taken: { readonly x: number; readonly y: number; readonly width: number }[] = [];

  /** Takes a place around its middle; false where it would touch another's. */
  take(x: number, y: number, width: number): boolean {
    for (const other of this.#taken)
      if (Math.abs(other.y - y) < LINE && Math.abs(other.x - x) < (other.width + width) / 2 + GAP)
        return false;
    this.#taken.push({ x, y, width });
    return true;
  }
}
