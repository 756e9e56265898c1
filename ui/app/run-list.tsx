/** The runs as a tree, drawn only where it is in sight, so that 10,000 are as quick as ten. */
import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { ROW_HEIGHT, RunRowView } from "./run-row.tsx";
import type { RunRow } from "./run-tree.ts";
import { enabledRuns, pointedRun, runRows, setRuns, soloRuns, toggleFolder } from "./runs.ts";
import { useWindowed } from "./windowed.ts";

export function RunList() {
  const scroller = useRef<HTMLDivElement>(null);
  const active = useSignal(0);
  const rows = runRows.value;
  const { first, last, show } = useWindowed(scroller, rows.length, ROW_HEIGHT);

  const focusRow = (index: number): void => {
    active.value = index;
    show(index);
    // The row may be drawn only after the scroll.
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus(),
    );
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    const index = Math.min(active.value, rows.length - 1);
    const row = rows[index];
    const action = row && keyAction(event.key, row, index, rows);
    if (action === undefined || action === null) return;
    event.preventDefault();
    if (typeof action === "number") focusRow(Math.min(rows.length - 1, Math.max(0, action)));
    else action();
  };

  const tabStop = Math.min(last - 1, Math.max(first, active.value));
  return (
    <div class="run-list" ref={scroller} onPointerLeave={() => (pointedRun.value = null)}>
      <div
        role="tree"
        aria-label="Runs. Space switches, Enter shows only this one"
        aria-multiselectable="true"
        class={`run-rows${rows.some((row) => row.node.children.length > 0) ? "" : " is-flat"}`}
        style={{ height: `${rows.length * ROW_HEIGHT}px` }}
        onKeyDown={onKeyDown}
      >
        {rows.slice(first, last).map((row, i) => (
          <RunRowView
            key={row.node.path}
            row={row}
            index={first + i}
            tabStop={first + i === tabStop}
            onFocus={() => (active.value = first + i)}
          />
        ))}
      </div>
    </div>
  );
}

/** What a key does on a row: go to another (its index), or something else; null for keys of others. */
function keyAction(
  key: string,
  row: RunRow,
  index: number,
  rows: readonly RunRow[],
): number | (() => void) | null {
  const { node, folded, depth } = row;
  const isFolder = node.children.length > 0;
  switch (key) {
    case "ArrowDown":
      return index + 1;
    case "ArrowUp":
      return index - 1;
    case "Home":
      return 0;
    case "End":
      return rows.length - 1;
    case "PageDown":
      return index + 20;
    case "PageUp":
      return index - 20;
    case "ArrowRight":
      return isFolder && folded ? () => toggleFolder(node.path) : isFolder ? index + 1 : null;
    case "ArrowLeft":
      if (isFolder && !folded) return () => toggleFolder(node.path);
      return depth > 0 ? rows.findLastIndex((other, i) => i < index && other.depth < depth) : null;
    case " ":
      return () => setRuns(node.runs, !node.runs.every((run) => enabledRuns.peek().has(run)));
    case "Enter":
      return () => soloRuns(node.runs);
    default:
      return null;
  }
}
