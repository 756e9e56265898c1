/** Points as a list, drawn only where it is in sight, so that a million are as quick as ten. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { formatStep } from "../../../app/format.ts";
import { printing } from "../../../app/printing.ts";
import { textAt } from "../data/columns.ts";
import { labelling } from "../state/looks.ts";
import { main } from "../state/pane.ts";
import { focusRow, hoverRow, select } from "../state/selection.ts";

const ROW_HEIGHT = 24;
const OVERSCAN = 6;
/** Points that are printed at most. */
const MOST_PRINTED = 200;

interface Props {
  readonly label: string;
  readonly rows: ArrayLike<number>;
  /** What stands behind the name. */
  readonly detail?: (place: number) => ComponentChildren;
  readonly most?: number;
}

export function PointList({ label, rows, detail, most = 10 }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const [active, setActive] = useState(0);
  const onPaper = printing.value;
  const height = Math.min(rows.length, onPaper ? MOST_PRINTED : most) * ROW_HEIGHT;
  useEffect(() => {
    setTop(0);
    setActive(0);
    if (scroller.current) scroller.current.scrollTop = 0;
  }, [rows]);
  const first = onPaper ? 0 : Math.max(0, Math.floor(top / ROW_HEIGHT) - OVERSCAN);
  const last = onPaper
    ? Math.min(rows.length, MOST_PRINTED)
    : Math.min(rows.length, Math.ceil((top + height) / ROW_HEIGHT) + OVERSCAN);
  const column = labelling.value;
  const focusAt = (place: number): void => {
    const to = Math.min(rows.length - 1, Math.max(0, place));
    const element = scroller.current;
    if (!element) return;
    setActive(to);
    if (to * ROW_HEIGHT < element.scrollTop) element.scrollTop = to * ROW_HEIGHT;
    else if ((to + 1) * ROW_HEIGHT > element.scrollTop + height)
      element.scrollTop = (to + 1) * ROW_HEIGHT - height;
    requestAnimationFrame(() => element.querySelector<HTMLElement>(`[data-place="${to}"]`)?.focus());
  };
  const keys: Record<string, number> = {
    ArrowDown: active + 1,
    ArrowUp: active - 1,
    Home: 0,
    End: rows.length - 1,
    PageDown: active + most,
    PageUp: active - most,
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys bubble here from the points
    <div
      class="pj-list"
      ref={scroller}
      style={{ height: onPaper ? "auto" : `${height}px` }}
      onScroll={(event) => setTop(event.currentTarget.scrollTop)}
      onPointerLeave={() => (hoverRow.value = null)}
      onKeyDown={(event) => {
        const to = keys[event.key];
        if (to === undefined) return;
        event.preventDefault();
        focusAt(to);
      }}
    >
      <ul aria-label={label} style={{ height: `${onPaper ? height : rows.length * ROW_HEIGHT}px` }}>
        {Array.from({ length: Math.max(0, last - first) }, (_, i) => {
          const place = first + i;
          const row = rows[place]!;
          return (
            <li key={place} style={{ top: `${place * ROW_HEIGHT}px` }}>
              <button
                type="button"
                data-place={place}
                data-row={row}
                tabIndex={place === active ? 0 : -1}
                class={focusRow.value === row ? "is-on" : ""}
                onPointerEnter={() => (hoverRow.value = row)}
                onFocus={() => setActive(place)}
                onClick={(event) => {
                  if (event.shiftKey) select([row], main.rows.peek(), "add");
                  else focusRow.value = row;
                }}
              >
                <span>{column ? textAt(column, row) || `#${row}` : `#${row}`}</span>
                {detail && <small>{detail(place)}</small>}
              </button>
            </li>
          );
        })}
      </ul>
      {onPaper && last < rows.length && (
        <p class="pj-printed-rest">and {formatStep(rows.length - last)} more</p>
      )}
    </div>
  );
}
