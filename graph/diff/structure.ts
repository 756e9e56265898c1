/**
 * What a node is, without its name: its operation, what it takes and what takes what it gives, two nodes far. Nodes of
 * the same structure in two graphs are taken to be the same, moved.
 */
import { MISSING } from "../definition/connections.ts";
import type { GraphModel } from "../model.ts";

/** How far around a node is looked. */
const ROUNDS = 2;

/** A number of 53 bits for each row. */
export function structures(model: GraphModel): Float64Array {
  const { columns, connections, uses } = model;
  let hashes = Float64Array.from({ length: columns.length }, (_, row) => hashText(columns.opOf(row)));
  for (let round = 0; round < ROUNDS; round++) {
    const next = new Float64Array(columns.length);
    for (let row = 0; row < columns.length; row++) {
      let hash = mix(hashes[row]!, round);
      for (let i = columns.inputStart[row]!; i < columns.inputStart[row + 1]!; i++) {
        const from = connections.from[i]!;
        hash = mix(hash, from === MISSING ? 1 : mix(hashes[from]!, connections.output[i]! + 2));
      }
      // The order of those that take it says nothing.
      let after = 0;
      for (let k = uses.start[row]!; k < uses.start[row + 1]!; k++)
        after = (after + mix(hashes[model.rowOfInput(uses.edges[k]!)]!, 7)) % LARGEST;
      next[row] = mix(hash, after);
    }
    hashes = next;
  }
  return hashes;
}

const LARGEST = 2 ** 53;

function hashText(text: string): number {
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = mix(hash, text.charCodeAt(i));
  return hash;
}

/** Two numbers into one, by two multiplications of 32 bits. */
function mix(a: number, b: number): number {
  const low = Math.imul((a >>> 0) ^ Math.imul((b >>> 0) + 0x9e3779b9, 0x85ebca6b), 0xc2b2ae35);
  const high = Math.imul(((a / 2 ** 32) >>> 0) ^ (low >>> 15) ^ ((b / 2 ** 32) >>> 0), 0x27d4eb2f);
  return ((high >>> 11) & 0x1fffff) * 2 ** 32 + ((low ^ (low >>> 13) ^ high) >>> 0);
}
