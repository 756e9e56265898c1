/** A drawing on canvases inside a card: as large as its host, in the page's colours, for as long as the card lives. */
import { effect } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { chartTheme } from "../app/theme.ts";
import type { ChartTheme } from "../charts/theme.ts";
import "../charts/chart.css";

export interface CanvasDrawing {
  resize(width: number, height: number): void;
  setTheme(theme: ChartTheme): void;
  dispose(): void;
}

export interface CardCanvas<Drawing> {
  /** For the element that the drawing fills. */
  readonly host: RefObject<HTMLDivElement | null>;
  /** Null until the host is on the page. */
  readonly drawing: Drawing | null;
}

/** Draws anew whenever what `draw` reads has changed, for as long as there is a drawing. */
export function useDrawn<Drawing>(drawing: Drawing | null, draw: (drawing: Drawing) => void): void {
  useEffect(() => (drawing === null ? undefined : effect(() => draw(drawing))), [drawing]);
}

/** @param make called once, with the host; what it makes is disposed of with the card */
export function useCardCanvas<Drawing extends CanvasDrawing>(
  make: (host: HTMLElement, theme: ChartTheme) => Drawing,
): CardCanvas<Drawing> {
  const host = useRef<HTMLDivElement>(null);
  const [drawing, setDrawing] = useState<Drawing | null>(null);
  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const created = make(element, chartTheme.peek());
    const resize = (): void => created.resize(element.clientWidth, element.clientHeight);
    const observer = new ResizeObserver(resize);
    observer.observe(element);
    resize();
    const stopTheme = effect(() => created.setTheme(chartTheme.value));
    setDrawing(created);
    return () => {
      observer.disconnect();
      stopTheme();
      created.dispose();
      setDrawing(null);
    };
  }, []);
  return { host, drawing };
}
