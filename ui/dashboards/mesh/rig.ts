/** What the meshes under one camera have in common: what is to be in sight. */
import { type Signal, signal } from "@preact/signals";
import type { Tie } from "./settings.ts";
import { type Box, union } from "./shape.ts";

export interface Rig {
  /** Holds each mesh as it was first seen: a camera that followed them would hide that they move. */
  readonly box: Signal<Box | null>;
  /** Grows when all is to be in sight anew: each mesh says where it is now. */
  readonly anew: Signal<number>;
}

const rigs = new Map<string, Rig>();

export function rigOf(id: string): Rig {
  const found = rigs.get(id) ?? { box: signal(null), anew: signal(0) };
  rigs.set(id, found);
  return found;
}

/** The name of the camera that a mesh is under; it is in the address. */
export function rigName(tie: Tie, tag: string, run: string, sample: number): string {
  if (tie === "page") return "*";
  return tie === "card" ? tag : `${tag} ${run} ${sample}`;
}

export function include(rig: Rig, box: Box): void {
  rig.box.value = union(rig.box.peek(), box);
}

export function fitAnew(rig: Rig): void {
  rig.box.value = null;
  rig.anew.value++;
}
