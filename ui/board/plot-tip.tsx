/** What is at the pointer, in a small box beside it that stays inside the plot. */
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import "./plot-tip.css";

interface Props {
  /** Where it points, in pixels of the plot. */
  readonly px: number;
  readonly py: number;
  readonly children: ComponentChildren;
}

const GAP = 12;

export function PlotTip({ px, py, children }: Props) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = box.current;
    const plot = element?.offsetParent;
    if (!element || !plot) return;
    const { offsetWidth: width, offsetHeight: height } = element;
    const left = px + GAP + width <= plot.clientWidth ? px + GAP : Math.max(0, px - GAP - width);
    const top = Math.min(Math.max(0, py - height - GAP), Math.max(0, plot.clientHeight - height));
    element.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  });
  return (
    <div class="plot-tip" ref={box} aria-hidden="true">
      {children}
    </div>
  );
}
