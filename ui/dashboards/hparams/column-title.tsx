/** A column's title as a button that can be taken to another place: dragged over the others, or by the arrow keys. */
import type { ComponentChildren, CSSProperties } from "preact";
import { useRef } from "preact/hooks";
import { order } from "./settings.ts";
import { movedTo } from "./table.ts";

interface Props {
  readonly id: string;
  /** All columns shown, in order. */
  readonly ids: readonly string[];
  readonly label?: string;
  readonly hint: string;
  readonly style?: CSSProperties;
  readonly children: ComponentChildren;
  /** With Alt only, where the arrows alone mean something else. */
  readonly alt?: boolean;
  /** Moves while it is dragged (for columns of one width), or when it is let go. */
  readonly live?: boolean;
  /** The column at a place of the screen. */
  idAt(clientX: number): string | null;
  onClick(event: MouseEvent): void;
}

/** Pixels that a click may move. */
const CLICK = 4;

export function ColumnTitle({
  id,
  ids,
  label,
  hint,
  style,
  alt = false,
  live = false,
  children,
  idAt,
  onClick,
}: Props) {
  const drag = useRef<{ from: number; moved: boolean } | null>(null);
  const wasDragged = useRef(false);
  const move = (target: string | undefined): void => {
    if (target !== undefined && target !== id) order.value = movedTo(ids, id, target);
  };
  return (
    <button
      type="button"
      class="hp-title"
      aria-label={label}
      title={hint}
      style={style}
      onClick={(event) => {
        if (!wasDragged.current) onClick(event);
        wasDragged.current = false;
      }}
      onKeyDown={(event) => {
        const by = event.key === "ArrowLeft" ? -1 : event.key === "ArrowRight" ? 1 : 0;
        if (by === 0 || event.altKey !== alt) return;
        event.preventDefault();
        move(ids[ids.indexOf(id) + by]);
      }}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        wasDragged.current = false;
        drag.current = { from: event.clientX, moved: false };
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (!drag.current) return;
        drag.current.moved ||= Math.abs(event.clientX - drag.current.from) > CLICK;
        if (live && drag.current.moved) move(idAt(event.clientX) ?? undefined);
      }}
      onPointerUp={(event) => {
        if (drag.current?.moved) move(idAt(event.clientX) ?? undefined);
        wasDragged.current = drag.current?.moved ?? false;
        drag.current = null;
      }}
      onPointerCancel={() => {
        drag.current = null;
      }}
    >
      {children}
    </button>
  );
}
