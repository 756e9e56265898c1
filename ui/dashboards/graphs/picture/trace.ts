/** Which boxes of the picture a trace through the whole graph reaches. */
import type { GraphTrace } from "../../../../graph/views.ts";
import type { Frame } from "./frame.ts";

/** Ids of boxes of which all, or some, is reached. */
export function reachedIds(root: Frame, trace: GraphTrace): ReadonlySet<string> {
  const isReached = reachedNames(trace);
  const reached = new Set<string>();
  const walk = (frame: Frame): void => {
    for (const item of [...frame.main, ...frame.inputs, ...frame.outputs, ...frame.functions])
      if (item.kind !== "section" && isReached(item.name)) reached.add(item.id);
    // A section has no name of its own: it is reached with what stands in it.
    for (const [child, id] of frame.place) if (id !== child && isReached(child)) reached.add(id);
    for (const inner of frame.frames.values()) walk(inner);
  };
  walk(root);
  return reached;
}

function reachedNames({ whole, part }: GraphTrace): (name: string) => boolean {
  const some = new Set(part);
  const all = new Set(whole);
  return (name) => {
    if (some.has(name) || all.has(name)) return true;
    for (let end = name.lastIndexOf("/"); end > 0; end = name.lastIndexOf("/", end - 1))
      if (all.has(name.slice(0, end))) return true;
    return false;
  };
}
