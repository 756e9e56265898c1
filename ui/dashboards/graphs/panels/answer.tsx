/** An answer on its way: asked for again when the question changes, with words for waiting and failing. */
import { type ReadonlySignal, useSignal, useSignalEffect } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { describeError } from "../../../app/api.ts";

export type Answer<T> =
  | { readonly state: "none" }
  | { readonly state: "waiting" }
  | { readonly state: "here"; readonly value: T }
  | { readonly state: "failed"; readonly message: string };

/** `ask` reads signals: it is called again when they change. Null where there is nothing to ask for. */
export function useAnswer<T>(ask: (signal: AbortSignal) => Promise<T> | null): ReadonlySignal<Answer<T>> {
  const answer = useSignal<Answer<T>>({ state: "none" });
  useSignalEffect(() => {
    const abort = new AbortController();
    const promise = ask(abort.signal);
    if (!promise) {
      answer.value = { state: "none" };
      return;
    }
    answer.value = { state: "waiting" };
    promise.then(
      (value) => {
        if (!abort.signal.aborted) answer.value = { state: "here", value };
      },
      (error: unknown) => {
        if (!abort.signal.aborted) answer.value = { state: "failed", message: describeError(error) };
      },
    );
    return () => abort.abort();
  });
  return answer;
}

interface Props<T> {
  readonly answer: Answer<T>;
  /** What is said where there is nothing to ask for. */
  readonly none: ComponentChildren;
  children(value: T): ComponentChildren;
}

export function AnswerView<T>({ answer, none, children }: Props<T>) {
  switch (answer.state) {
    case "none":
      return <div class="dock-note muted">{none}</div>;
    case "waiting":
      return (
        <p class="dock-note muted" role="status">
          Loading…
        </p>
      );
    case "failed":
      return (
        <p class="dock-note card-error" role="alert">
          {answer.message}
        </p>
      );
    case "here":
      return <>{children(answer.value)}</>;
  }
}
