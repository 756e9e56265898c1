/** What a card knows of itself: given by the slot it stands in, to whatever is inside. */
import type { ReadonlySignal } from "@preact/signals";
import { type ComponentChildren, createContext } from "preact";
import { useContext } from "preact/hooks";

export interface CardScope {
  /** Unique on its page, the same after a reload: what the address remembers of a card is under it. */
  readonly id: string;
  /** The whole name, for those who hear the page. */
  readonly label: string;
  /** What the header shows. */
  readonly title: string;
  /** Whether any of the card is on the screen. */
  readonly visible: ReadonlySignal<boolean>;
  /** The page's own buttons for the header, where it has any. */
  readonly actions?: ComponentChildren;
}

export const CardContext = createContext<CardScope | null>(null);

/** The card that the component is in. */
export function useCard(): CardScope {
  const scope = useContext(CardContext);
  if (!scope) throw new Error("useCard is for what stands in a card");
  return scope;
}
