/**
 * The two handles of the stretch that the page looks at, on a chart's x axis: dragged, or moved by keys from point to
 * point. What lies outside is shaded. Every chart has them, and all move together.
 */
import type { ReadonlySignal } from "@preact/signals";
import { useCard } from "../../board/card-scope.ts";
import { momentText } from "../../board/moments.ts";
import { heldRange, type MomentRange } from "../../board/range.ts";
import { type Frame, pixelX, valueAtX } from "../../charts/frame.ts";
import { xKind } from "./settings.ts";
import "./range-handles.css";

type End = "from" | "to";

interface Props {
  /** What was drawn last. */
  readonly frame: ReadonlySignal<Frame | null>;
  /** Places of the card's points on the x axis, ascending. */
  readonly stops: ReadonlySignal<Float64Array>;
}

export function RangeHandles({ frame, stops }: Props) {
  const range = heldRange.value;
  const shown = frame.value;
  if (!range || !shown || range.axis !== xKind.value || stops.value.length === 0) return null;
  const { left, top, width, height } = shown.plot;
  const right = left + width;
  const inside = (px: number): number => Math.min(right, Math.max(left, px));
  const [from, to] = [inside(placeOf(range.from, shown)), inside(placeOf(range.to, shown))];
  return (
    <div class="range" style={{ "--top": `${top}px`, "--height": `${height}px` }}>
      <div class="range-outside" style={{ left: `${left}px`, width: `${from - left}px` }} />
      <div class="range-outside" style={{ left: `${to}px`, width: `${right - to}px` }} />
      <Handle end="from" px={from} range={range} frame={shown} stops={stops.value} />
      <Handle end="to" px={to} range={range} frame={shown} stops={stops.value} />
    </div>
  );
}

/** An end that is open stands at the edge. */
function placeOf(at: number, frame: Frame): number {
  return Number.isFinite(at) ? pixelX(frame, at) : at;
}

interface HandleProps {
  readonly end: End;
  readonly px: number;
  readonly range: MomentRange;
  readonly frame: Frame;
  readonly stops: Float64Array;
}

function Handle({ end, px, range, frame, stops }: HandleProps) {
  const { label } = useCard();
  const last = stops.length - 1;
  const at = stopOf(range, end, stops);
  const drag = (event: PointerEvent & { currentTarget: HTMLElement }): void => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const box = event.currentTarget.parentElement!.getBoundingClientRect();
    setEnd(end, nearestStop(stops, valueAtX(frame, event.clientX - box.left)), stops);
  };
  return (
    <div
      class="range-handle"
      role="slider"
      tabIndex={0}
      aria-label={`${end === "from" ? "Start" : "End"} of the range: ${label}`}
      aria-orientation="horizontal"
      aria-valuemin={stops[0]}
      aria-valuemax={stops[last]}
      aria-valuenow={stops[at]}
      aria-valuetext={momentText({ axis: range.axis, at: stops[at]! })}
      style={{ left: `${px}px` }}
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.focus();
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={drag}
      onKeyDown={(event) => {
        const stride = event.shiftKey ? 10 : 1;
        const moves: Readonly<Record<string, number>> = {
          ArrowLeft: at - stride,
          ArrowDown: at - stride,
          ArrowRight: at + stride,
          ArrowUp: at + stride,
          Home: 0,
          End: last,
        };
        const to = moves[event.key];
        if (to === undefined) return;
        event.preventDefault();
        setEnd(end, to, stops);
      }}
    />
  );
}

/** The stop that an end stands at: an open one at the first or the last. */
function stopOf(range: MomentRange, end: End, stops: Float64Array): number {
  const at = range[end];
  return Number.isFinite(at) ? nearestStop(stops, at) : end === "from" ? 0 : stops.length - 1;
}

/** Puts an end at a stop; beside the other one at the most. At the first or last it is open. */
function setEnd(end: End, stop: number, stops: Float64Array): void {
  const range = heldRange.peek();
  if (!range) return;
  const other = stopOf(range, end === "from" ? "to" : "from", stops);
  const at = Math.min(stops.length - 1, Math.max(0, stop));
  if (end === "from") {
    const place = Math.min(at, other);
    heldRange.value = { ...range, from: place === 0 ? Number.NEGATIVE_INFINITY : stops[place]! };
  } else {
    const place = Math.max(at, other);
    heldRange.value = { ...range, to: place === stops.length - 1 ? Number.POSITIVE_INFINITY : stops[place]! };
  }
}

function nearestStop(stops: Float64Array, value: number): number {
  let low = 0;
  let high = stops.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (stops[middle]! <= value) low = middle;
    else high = middle;
  }
  return value - stops[low]! <= stops[high]! - value ? low : high;
}
