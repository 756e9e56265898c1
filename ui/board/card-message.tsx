/** Words in a card where there is nothing to draw: loading, empty, or what is wrong. */
import type { ComponentChildren } from "preact";
import { heldRange, rangeText } from "./range.ts";

interface Props {
  readonly kind: "loading" | "empty" | "error";
  readonly children?: ComponentChildren;
}

export function CardMessage({ kind, children }: Props) {
  return (
    <div class={`card-message is-${kind}`} role={kind === "error" ? "status" : undefined}>
      {children ?? (kind === "loading" ? "Loading…" : "No data")}
    </div>
  );
}

interface FeedState {
  readonly error: string | null;
  readonly waiting: boolean;
  /** How many runs are to be drawn. */
  readonly runs: number;
}

/** What to say instead of a drawing; null where there is something to draw. */
export function feedMessage({ error, waiting, runs }: FeedState): ComponentChildren {
  if (runs === 0) return <CardMessage kind="empty">No run that is on has this tag</CardMessage>;
  if (error !== null) return <CardMessage kind="error">{error}; trying again</CardMessage>;
  return waiting ? <CardMessage kind="loading" /> : null;
}

/** Where there is no value to show: none yet, or none in the stretch that the page looks at. */
export function NothingYet({ what }: { what: string }) {
  return (
    <CardMessage kind="empty">
      {heldRange.value === null ? `No ${what} yet` : `No ${what} from ${rangeText.value}`}
    </CardMessage>
  );
}
