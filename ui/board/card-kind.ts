/** What a dashboard lends to pages of several kinds of cards: its card and its controls. Its `index.tsx` exports it as `kind`. */
import type { ComponentType } from "preact";
import type { TagCardProps } from "./board.tsx";

export interface CardKind {
  /** A card of a tag, or of a tag and run where `run` is given. */
  readonly card: ComponentType<TagCardProps>;
  /** The controls of the dashboard's toolbar. */
  readonly tools: ComponentType;
}
