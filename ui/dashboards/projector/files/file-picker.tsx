/** Files of vectors from this machine: picked, or dropped anywhere on the page. */

import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";

export function FilePicker() {
  return null;
}

export function DropTarget({ children }: { children: ComponentChildren }) {
  const over = useSignal(false);
  return <div class={`pj-drop${over.value ? " is-over" : ""}`}>{children}</div>;
}
