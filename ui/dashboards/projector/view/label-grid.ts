/** Which parts of a canvas are written on, in cells, so that a label is compared with few others. */

const CELL = 16;

export class LabelGrid {
  readonly #columns: number;
  readonly #rows: number;
  readonly #boxes: number[][][];

  constructor(width: number, height: number) {
    this.#columns = Math.ceil(width / CELL);
    this.#rows = Math.ceil(height / CELL);
    this.#boxes = Array.from({ length: this.#columns * this.#rows }, () => []);
  }

  /** Takes a box where it is free and on the canvas. */
  take(left: number, top: number, width: number, height: number): boolean {
    const box = [left, top, left + width, top + height];
    const [x0, y0] = [Math.floor(left / CELL), Math.floor(top / CELL)];
    const [x1, y1] = [Math.floor((left + width) / CELL), Math.floor((top + height) / CELL)];
    if (x0 < 0 || y0 < 0 || x1 >= this.#columns || y1 >= this.#rows) return false;
    const cells: number[][][] = [];
    for (let y = y0; y <= y1; y++)
      for (let x = x0; x <= x1; x++) cells.push(this.#boxes[y * this.#columns + x]!);
    if (cells.some((boxes) => boxes.some((other) => overlap(box, other)))) return false;
    for (const boxes of cells) boxes.push(box);
    return true;
  }
}

function overlap(a: readonly number[], b: readonly number[]): boolean {
  return a[0]! < b[2]! && b[0]! < a[2]! && a[1]! < b[3]! && b[1]! < a[3]!;
}
