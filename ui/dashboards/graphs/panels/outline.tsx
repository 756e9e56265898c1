/** The picture as a tree of names: what a screen reader gets, and whoever would rather use keys. */
import { useRef, useState } from "preact/hooks";
import { count } from "../../../app/format.ts";
import { Icon } from "../../../app/icons.tsx";
import { useWindowed } from "../../../app/windowed.ts";
import type { GraphActions } from "../actions.ts";
import { pointedId } from "../look-state.ts";
import type { Frame } from "../picture/frame.ts";
import { type Item, isOpenable } from "../picture/items.ts";
import { selectedIds } from "../state.ts";

const ROW = 26;

interface OutlineRow {
  readonly item: Item;
  readonly level: number;
  readonly position: number;
  readonly siblings: number;
  readonly open: boolean;
  readonly aside: boolean;
}

export function Outline({ actions }: { actions: GraphActions }) {
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<string | null>(null);
  const frames = actions.model.shown.value.frames;
  const rows = frames ? outlineRows(frames) : [];
  const { first, last, show } = useWindowed(scroller, rows.length, ROW);
  const activeIndex = Math.max(
    0,
    rows.findIndex((row) => row.item.id === active),
  );

  const focusRow = (index: number): void => {
    const row = rows[index];
    if (!row) return;
    setActive(row.item.id);
    show(index);
    pointedId.value = row.item.id;
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus(),
    );
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const row = rows[activeIndex];
    if (!row) return;
    const { item, open, level } = row;
    const parent = rows.findLastIndex((other, i) => i < activeIndex && other.level < level);
    const moves: Record<string, number> = {
      ArrowDown: activeIndex + 1,
      ArrowUp: activeIndex - 1,
      Home: 0,
      End: rows.length - 1,
      PageDown: Math.min(rows.length - 1, activeIndex + 15),
      PageUp: Math.max(0, activeIndex - 15),
    };
    const to = moves[event.key];
    if (to !== undefined) focusRow(Math.min(rows.length - 1, Math.max(0, to)));
    else if (event.key === "ArrowRight")
      open ? focusRow(activeIndex + 1) : actions.setOpen(item.id, isOpenable(item), true);
    else if (event.key === "ArrowLeft") open ? actions.setOpen(item.id, false, true) : focusRow(parent);
    else if (event.key === "Enter") actions.toggle(item.id, true);
    else if (event.key === " ") choose(actions, item, event.shiftKey || event.ctrlKey);
    else return;
    event.preventDefault();
  };

  const shown = rows.slice(first, last);
  return (
    <div class="graph-outline" ref={scroller}>
      <div
        role="tree"
        aria-label="What the picture shows. Enter opens and closes, Space chooses"
        aria-multiselectable="true"
        class="windowed"
        style={{ height: `${rows.length * ROW}px` }}
        onKeyDown={onKeyDown}
      >
        {shown.map((row, i) => (
          <Row
            key={row.item.id}
            row={row}
            index={first + i}
            tabStop={first + i === Math.min(last - 1, Math.max(first, activeIndex))}
            actions={actions}
            onFocus={() => setActive(row.item.id)}
          />
        ))}
      </div>
    </div>
  );
}

interface RowProps {
  readonly row: OutlineRow;
  readonly index: number;
  readonly tabStop: boolean;
  readonly actions: GraphActions;
  readonly onFocus: () => void;
}

function Row({ row, index, tabStop, actions, onFocus }: RowProps) {
  const { item, level, open, aside } = row;
  const selected = selectedIds.value.includes(item.id);
  const openable = isOpenable(item);
  const facts = [
    item.child?.op ?? "",
    item.cardinality > 1 ? count(item.cardinality, "node") : "",
    aside ? "aside" : "",
  ];
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree around it listens to keys
    <div
      role="treeitem"
      data-index={index}
      tabIndex={tabStop ? 0 : -1}
      aria-level={level}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      aria-selected={selected}
      aria-expanded={openable ? open : undefined}
      aria-label={[item.label, ...facts.filter((fact) => fact !== "")].join(", ")}
      class={`outline-row${selected ? " is-selected" : ""}`}
      style={{ transform: `translateY(${index * ROW}px)`, paddingLeft: `${4 + (level - 1) * 14}px` }}
      onFocus={onFocus}
      onClick={(event) => choose(actions, item, event.shiftKey || event.ctrlKey || event.metaKey)}
      onDblClick={() => actions.toggle(item.id, true)}
      onPointerEnter={() => (pointedId.value = item.id)}
      onPointerLeave={() => (pointedId.value = null)}
    >
      <span
        class={`fold${open ? " is-open" : ""}`}
        aria-hidden="true"
        onClick={(event) => {
          event.stopPropagation();
          actions.toggle(item.id, true);
        }}
      >
        {openable && <Icon name="chevron" />}
      </span>
      <span class="outline-label">{item.label}</span>
      <span class="count">
        {item.child?.op ?? (item.cardinality > 0 ? item.cardinality.toLocaleString("en") : "")}
      </span>
    </div>
  );
}

function choose(actions: GraphActions, item: Item, also: boolean): void {
  actions.select(item.id, also);
  actions.view?.flyTo(item.id);
}

function outlineRows(root: Frame): OutlineRow[] {
  const rows: OutlineRow[] = [];
  const walk = (frame: Frame, level: number): void => {
    const aside = [...frame.inputs, ...frame.outputs, ...frame.functions];
    const items = [...frame.main, ...aside];
    items.forEach((item, i) => {
      const inner = frame.frames.get(item.id);
      rows.push({
        item,
        level,
        position: i + 1,
        siblings: items.length,
        open: inner !== undefined,
        aside: i >= frame.main.length,
      });
      if (inner) walk(inner, level + 1);
    });
  };
  walk(root, 1);
  return rows;
}
