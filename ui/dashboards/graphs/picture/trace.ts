/** Follows edges through what the picture shows: all that a box depends on, or all that depends on it. */
import type { Frame, Link } from "./frame.ts";

export type TraceDirection = "inputs" | "outputs" | "both";

/** Ids that are reached, the start among them. An open scope is passed through by what is in it. */
export function trace(root: Frame, start: string, direction: TraceDirection): ReadonlySet<string> {
  const picture = new TraceMap(root);
  if (direction === "both")
    return new Set([...picture.reach(start, "inputs"), ...picture.reach(start, "outputs")]);
  return picture.reach(start, direction);
}

class TraceMap {
  readonly #parents = new Map<string, string>();
  readonly #frames = new Map<string, Frame>();
  /** Links by either end. */
  readonly #out = new Map<string, string[]>();
  readonly #in = new Map<string, string[]>();

  constructor(root: Frame) {
    this.#collect(root);
  }

  reach(start: string, direction: "inputs" | "outputs"): Set<string> {
    const links = direction === "outputs" ? this.#out : this.#in;
    const back = direction === "outputs" ? this.#in : this.#out;
    const reached = new Set<string>();
    const waiting = this.#leaves(start);
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      if (reached.has(id)) continue;
      reached.add(id);
      for (const target of links.get(id) ?? [])
        for (const inner of this.#entered(target, id, back)) if (!reached.has(inner)) waiting.push(inner);
    }
    // Whoever holds something that is reached is reached.
    for (const id of [...reached])
      for (let at = this.#parents.get(id); at !== undefined && at !== ""; at = this.#parents.get(at))
        reached.add(at);
    return reached;
  }

  /** Of an open box the boxes in it that something from `source`, or from around it, leads to. */
  #entered(id: string, source: string, back: ReadonlyMap<string, readonly string[]>): string[] {
    const frame = this.#frames.get(id);
    if (!frame) return [id];
    const sources = new Set<string>();
    for (let at: string | undefined = source; at !== undefined && at !== ""; at = this.#parents.get(at))
      sources.add(at);
    const items = [...frame.main, ...frame.inputs, ...frame.outputs];
    return items
      .filter((item) => (back.get(item.id) ?? []).some((other) => sources.has(other)))
      .flatMap((item) => this.#entered(item.id, source, back));
  }

  #leaves(id: string): string[] {
    const frame = this.#frames.get(id);
    if (!frame) return [id];
    return [...frame.main, ...frame.inputs, ...frame.outputs].flatMap((item) => this.#leaves(item.id));
  }

  #collect(frame: Frame): void {
    if (frame.item) this.#frames.set(frame.id, frame);
    for (const item of [...frame.main, ...frame.inputs, ...frame.outputs, ...frame.functions])
      this.#parents.set(item.id, frame.id);
    for (const link of frame.links) this.#note(link);
    for (const inner of frame.frames.values()) this.#collect(inner);
  }

  #note({ from, to }: Link): void {
    const add = (map: Map<string, string[]>, key: string, value: string): void => {
      const known = map.get(key);
      if (known) known.push(value);
      else map.set(key, [value]);
    };
    add(this.#out, from, to);
    add(this.#in, to, from);
  }
}
