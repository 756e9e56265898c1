/** Numbers of things as people read them. */

/** `1 file`, `2,000 files`. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${number(n)} ${n === 1 ? one : many}`;
}

export function number(n: number | bigint): string {
  return n.toLocaleString("en-US");
}
