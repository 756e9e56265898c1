/** How the picture looks at the moment: the page's colours, what boxes are filled with, what is chosen and pointed at. */

import type { SceneBox, SceneLine } from "../picture/scene.ts";
import type { Fill } from "./colours.ts";

export interface GraphTheme {
  readonly dark: boolean;
  readonly font: string;
  readonly ground: string;
  readonly surface: string;
  readonly text: string;
  readonly muted: string;
  readonly border: string;
  readonly line: string;
  readonly reference: string;
  readonly accent: string;
}

export interface Look {
  readonly theme: GraphTheme;
  fill(box: SceneBox): Fill;
  /** Shown weakly: did not run, or is no part of what is traced. */
  isFaint(box: SceneBox): boolean;
  readonly selected: string | null;
  readonly pointed: string | null;
  /** Lines to be shown strongly: those of what is selected, or of the trace. */
  isStrong(line: SceneLine): boolean;
  /** Boxes that are marked: hits of a search, or what a trace reaches. */
  isMarked(box: SceneBox): boolean;
}

/** Whether the step that is joined tells nothing of what a box stands for. */
export function didNotRun({ item }: SceneBox): boolean {
  return item?.child != null && item.child.stats === null;
}

export function readGraphTheme(dark: boolean): GraphTheme {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string): string => style.getPropertyValue(name).trim();
  return {
    dark,
    font: token("--font"),
    ground: token("--ground"),
    surface: token("--surface"),
    text: token("--text"),
    muted: token("--muted"),
    border: token("--line-strong"),
    line: dark ? "#6b7686" : "#9aa4b2",
    reference: dark ? "#e0a458" : "#b8690c",
    accent: token("--accent"),
  };
}
