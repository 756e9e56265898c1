/** What surrounds a node while it is made: name scope, devices, control dependencies, colocation, attributes. */
import { type Attrs, attr } from "./attrs.ts";
import { mergeDevices } from "./device.ts";
import type { Node, Output } from "./node.ts";

/** Nodes that those made here wait for. */
export interface ControlGroup<N> {
  readonly waitFor: readonly N[];
  /** Nodes made here: what takes in one of them waits already. */
  readonly made: Set<Node>;
}

export interface Scope<N extends Node> {
  /** Without a slash at the end; empty at the root. */
  readonly name: string;
  /** From the outermost; null hides those before it. */
  readonly devices: readonly (string | null)[];
  readonly control: readonly ControlGroup<N>[];
  /** Nodes that those made here stand with, on the same device. */
  readonly colocation: readonly N[];
  readonly attrs: Attrs;
}

/**
 * The device of a node made here: that of the nodes it stands with, else its own and, part by part, what the
 * scopes around it say, the innermost first.
 */
export function deviceIn({ devices, colocation }: Scope<Node>, own: string): string {
  const together = colocation.findLast((node) => node.device !== "");
  if (together !== undefined) return together.device;
  const visible = devices.slice(devices.lastIndexOf(null) + 1);
  return visible.reduceRight<string>((inner, outer) => mergeDevices(outer ?? "", inner), own);
}

/** What a node with these inputs waits for: not for what it takes in, nor for what that waits for already. */
export function controlInputsIn<N extends Node>(
  { control }: Scope<N>,
  inputs: readonly Output[],
): readonly N[] {
  const sources = new Set<Node>(inputs.map((input) => input.node));
  const groups = control.filter((group) => ![...sources].some((node) => group.made.has(node)));
  return groups.flatMap((group) => group.waitFor).filter((node) => !sources.has(node));
}

/** The attributes of a node made here beside its own; `_class` lists the nodes it stands with. */
export function attrsIn({ attrs, colocation }: Scope<Node>, own: Attrs): Attrs {
  if (colocation.length === 0) return { ...attrs, ...own };
  const groups = new Set(colocation.flatMap(colocationGroups));
  return { ...attrs, ...own, _class: attr.texts([...groups].sort()) };
}

const utf8 = new TextDecoder();

/** The nodes that a node stands with, as its attribute `_class` has them; else itself. */
function colocationGroups({ name, attrs }: Node): readonly string[] {
  const listed = (attrs._class?.list?.s ?? []).map((bytes) => utf8.decode(bytes));
  return listed.length > 0 ? listed : [colocatedWith(name)];
}

/** How `_class` names a node. */
export function colocatedWith(name: string): string {
  return `loc:@${name}`;
}
