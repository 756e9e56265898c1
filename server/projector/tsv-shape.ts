/** How many rows and columns tab-separated text has, without its numbers. */
const TAB = 0x09;
const NEWLINE = 0x0a;

export class TsvShape {
  readonly #utf8 = new TextDecoder("utf-8", { fatal: true });
  #rows = 0;
  #columns = 1;
  #lineBytes = 0;
  #text = true;

  /** @returns false when this is no text: the rest will not change that */
  push(chunk: Buffer): boolean {
    if (!this.#text) return false;
    if (this.#rows === 0 && !this.#isText(chunk)) return false;
    for (let start = 0; start < chunk.length; ) {
      const newline = chunk.indexOf(NEWLINE, start);
      const end = newline < 0 ? chunk.length : newline;
      if (this.#rows === 0) this.#columns += countTabs(chunk, start, end);
      this.#lineBytes += end - start;
      if (newline < 0) break;
      this.#endLine();
      start = newline + 1;
    }
    return true;
  }

  /** Null when it is no text, or has no row. */
  finish(): [number, number] | null {
    if (!this.#text) return null;
    this.#endLine();
    return this.#rows === 0 ? null : [this.#rows, this.#columns];
  }

  #endLine(): void {
    if (this.#lineBytes > 0) this.#rows++;
    this.#lineBytes = 0;
  }

  /** Asked of the first line only: the whole would take as long as to parse it. */
  #isText(chunk: Buffer): boolean {
    try {
      this.#text = !chunk.includes(0);
      this.#utf8.decode(chunk, { stream: true });
    } catch {
      this.#text = false;
    }
    return this.#text;
  }
}

function countTabs(bytes: Buffer, start: number, end: number): number {
  let tabs = 0;
  for (let at = bytes.indexOf(TAB, start); at >= 0 && at < end; at = bytes.indexOf(TAB, at + 1)) tabs++;
  return tabs;
}
