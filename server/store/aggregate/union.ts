/** The union of ascending lists, which mostly are the same list, or parts of one. */

/** Lists are merged one by one so often; where there are still others, sorting is quicker. */
const MOST_MERGES = 8;

/** Every number of ascending lists once, ascending. */
export function unionOf(lists: readonly Float64Array[]): Float64Array {
  let union = lists.reduce((longest, list) => (list.length > longest.length ? list : longest));
  let merges = 0;
  const others: Float64Array[] = [];
  for (const list of lists) {
    if (isWithin(list, union)) continue;
    if (merges++ < MOST_MERGES) union = merge(union, list);
    else others.push(list);
  }
  return others.length > 0 ? sorted([union, ...others]) : union;
}

function isWithin(list: Float64Array, union: Float64Array): boolean {
  if (list === union) return true;
  for (let i = 0, at = 0; i < list.length; i++, at++) {
    const number = list[i]!;
    while (union[at]! < number) at++;
    if (union[at] !== number) return false;
  }
  return true;
}

function merge(a: Float64Array, b: Float64Array): Float64Array {
  const merged = new Float64Array(a.length + b.length);
  let [i, j, length] = [0, 0, 0];
  while (i < a.length || j < b.length) {
    const number = j >= b.length || a[i]! <= b[j]! ? a[i]! : b[j]!;
    if (a[i] === number) i++;
    if (b[j] === number) j++;
    merged[length++] = number;
  }
  return merged.subarray(0, length);
}

function sorted(lists: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(lists.reduce((sum, { length }) => sum + length, 0));
  let length = 0;
  for (const list of lists) {
    all.set(list, length);
    length += list.length;
  }
  all.sort();
  let kept = 0;
  for (let i = 0; i < length; i++) if (i === 0 || all[i] !== all[i - 1]) all[kept++] = all[i]!;
  return all.subarray(0, kept);
}
