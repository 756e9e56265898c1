/** Tools of the picture, and the picture itself for those who must ask it. */
import { signal } from "@preact/signals";
import type { Scatter, Tool } from "../view/scatter.ts";
import type { Combine } from "./selection.ts";

export const tool = signal<Tool>("move");
export const combine = signal<Combine>("replace");
/** Null where there is no picture. */
export const scatterOf = signal<Scatter | null>(null);
