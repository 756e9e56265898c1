/** The bar above the cards: the filter of tags, and what a dashboard adds from controls.tsx. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { FilterInput } from "../app/filter-input.tsx";
import { tagFilter, tagFilterText } from "./settings.ts";
import "./toolbar.css";

interface ToolbarProps {
  readonly label: string;
  readonly children?: ComponentChildren;
  /** Without the filter of tags. */
  readonly unfiltered?: boolean;
}

export function Toolbar({ label, children, unfiltered = false }: ToolbarProps) {
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => keepFromUnder(root.current), []);
  return (
    <div ref={root} class="toolbar" role="toolbar" aria-label={label}>
      {!unfiltered && <FilterInput label="Filter tags" text={tagFilterText} error={tagFilter.value.error} />}
      {children}
    </div>
  );
}

/** Has what is scrolled to for the focus end below the bar, however many rows it has. */
function keepFromUnder(bar: HTMLElement | null): (() => void) | undefined {
  const scroller = bar?.closest("main");
  if (!bar || !scroller) return undefined;
  const observer = new ResizeObserver(() => {
    const sticks = getComputedStyle(bar).position === "sticky";
    scroller.style.scrollPaddingTop = sticks ? `${bar.offsetHeight + 8}px` : "";
  });
  observer.observe(bar);
  return () => {
    observer.disconnect();
    scroller.style.scrollPaddingTop = "";
  };
}
