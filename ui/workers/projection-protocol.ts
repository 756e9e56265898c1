/** What the page and the projection worker say to each other. */
import type { ProjectionSession } from "../projection/session.ts";
import type { LayoutChange, LayoutFrame, Progress } from "../projection/types.ts";
import type { Work } from "../projection/work.ts";

/** The questions of a session that take one argument and are answered by work. */
export type Question = {
  [K in keyof ProjectionSession]: ProjectionSession[K] extends (...args: never) => Work<unknown> ? K : never;
}[keyof ProjectionSession];

export type Argument<Q extends Question> = Parameters<ProjectionSession[Q]>[0];

export type Answer<Q extends Question> =
  ReturnType<ProjectionSession[Q]> extends Work<infer Result> ? Result : never;

export type Action = "pause" | "resume" | "stop" | "cancel" | "perturb" | "seen";

/** From the page. A `seen` says that a frame is drawn and the next may come. */
export type ToWorker =
  | { readonly id: number; readonly question: Question; readonly argument: unknown }
  | { readonly id: number; readonly action: Action }
  | { readonly id: number; readonly change: LayoutChange };

/** To the page, with the number of the question. */
export type FromWorker =
  | { readonly id: number; readonly progress: Progress }
  | { readonly id: number; readonly frame: LayoutFrame }
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly error: string };

/** Sends a message; the buffers are moved rather than copied. */
export type Send<Message> = (message: Message, transfer: ArrayBuffer[]) => void;

/** The buffers of all arrays in a message, to be moved rather than copied. */
export function buffersIn(value: unknown, found = new Set<ArrayBuffer>()): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) {
    if (value.buffer instanceof ArrayBuffer) found.add(value.buffer);
  } else if (typeof value === "object" && value !== null)
    for (const part of Object.values(value)) buffersIn(part, found);
  return [...found];
}
