/**
 * The place of one card on the page. What is in it is built while it is near the screen; far away only the frame with the
 * title is left. An exception stays inside.
 */
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { printing } from "../app/printing.ts";
import { CardHeader } from "./card-header.tsx";
import { CardMessage } from "./card-message.tsx";
import { CardContext } from "./card-scope.ts";
import { ErrorBoundary } from "./error-boundary.tsx";
import { useCardView } from "./in-view.ts";
import { wideCards } from "./settings.ts";

export interface CardSlotProps {
  /** As in `CardScope`. */
  readonly id: string;
  readonly label: string;
  readonly title: string;
  /** For tests, style sheets, and whoever automates the page. */
  readonly tag?: string;
  readonly run?: string | null;
  /** The page's own buttons for the header. */
  readonly actions?: ComponentChildren;
  /** What it is likely to be high when all has come, px: see `BoardProps.cardHeight`. */
  readonly height?: number;
  /** Makes the card: a `CardHeader` and a body. Called while the card is near the screen only. */
  children(): ComponentChildren;
}

export function CardSlot({ id, label, title, tag, run, actions, height, children }: CardSlotProps) {
  const root = useRef<HTMLElement>(null);
  const { near: nearby, visible } = useCardView(root);
  const near = nearby || printing.value;
  const scope = useMemo(() => ({ id, label, title, visible, actions }), [id, label, title, visible, actions]);
  const kept = useKeptHeight(root, near);
  const wide = wideCards.value.includes(id);
  return (
    <article
      ref={root}
      class={`card${wide ? " is-wide" : ""}`}
      data-tag={tag}
      data-run={run ?? undefined}
      aria-label={label}
      // Far away it has no buttons: Tab stops at the card itself, which comes into view and has them.
      tabIndex={near ? -1 : 0}
      style={{
        ...(height !== undefined && { "--card-height": `${height}px` }),
        ...(kept !== null && { minHeight: `${kept}px` }),
      }}
    >
      <CardContext.Provider value={scope}>
        {near ? (
          <ErrorBoundary
            fallback={(error, retry) => (
              <>
                <CardHeader />
                <CardMessage kind="error">
                  This card failed: {error.message}
                  <button type="button" class="text-button" onClick={retry}>
                    Try again
                  </button>
                </CardMessage>
              </>
            )}
          >
            <Inside make={children} />
          </ErrorBoundary>
        ) : (
          <CardHeader bare />
        )}
      </CardContext.Provider>
    </article>
  );
}

/** A component of its own, so that what `make` throws is caught. */
function Inside({ make }: { make(): ComponentChildren }) {
  return <>{make()}</>;
}

/** The height that a card had while it was built, for while it is not: else the page would jump. */
function useKeptHeight(root: { readonly current: HTMLElement | null }, near: boolean): number | null {
  const last = useRef<number | null>(null);
  const kept = useRef<number | null>(null);
  useLayoutEffect(() => {
    if (!near || !root.current) return;
    const element = root.current;
    const observer = new ResizeObserver(() => {
      last.current = element.offsetHeight;
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [near]);
  kept.current = near ? null : last.current;
  return kept.current;
}
