/** What a drag over the plot means: a range of x, a range of y, or a box. */
import { type Frame, type Rect, valueAtX, valueAtY } from "./frame.ts";
import type { Zoom } from "./line.ts";

export interface Drag {
  readonly fromX: number;
  readonly fromY: number;
  readonly toX: number;
  readonly toY: number;
}

/** A drag this flat is along one axis only. */
const FLAT = 14;
/** A shorter drag is a click. */
const CLICK = 4;

export function isClick({ fromX, fromY, toX, toY }: Drag): boolean {
  return Math.abs(toX - fromX) < CLICK && Math.abs(toY - fromY) < CLICK;
}

/** The dragged rectangle, kept inside the plot and stretched over it where the drag is along one axis. */
export function brushBox(drag: Drag, { plot }: Frame): Rect {
  const alongX = Math.abs(drag.toY - drag.fromY) < FLAT;
  const alongY = !alongX && Math.abs(drag.toX - drag.fromX) < FLAT;
  const [left, right] = alongY
    ? [plot.left, plot.left + plot.width]
    : between(drag.fromX, drag.toX, plot.left, plot.left + plot.width);
  const [top, bottom] = alongX
    ? [plot.top, plot.top + plot.height]
    : between(drag.fromY, drag.toY, plot.top, plot.top + plot.height);
  return { left, top, width: right - left, height: bottom - top };
}

/** The zoom that shows what the box holds. An axis that the box covers whole keeps what it has. */
export function brushZoom(box: Rect, frame: Frame, current: Zoom | null): Zoom {
  const wholeX = box.width >= frame.plot.width;
  const wholeY = box.height >= frame.plot.height;
  return {
    x: wholeX ? (current?.x ?? null) : [valueAtX(frame, box.left), valueAtX(frame, box.left + box.width)],
    y: wholeY ? (current?.y ?? null) : [valueAtY(frame, box.top + box.height), valueAtY(frame, box.top)],
  };
}

function between(a: number, b: number, low: number, high: number): [number, number] {
  const clamp = (value: number): number => Math.min(high, Math.max(low, value));
  return [clamp(Math.min(a, b)), clamp(Math.max(a, b))];
}
