/** What this page lets a person choose of its own. What kinds of cards let choose is theirs, on every page. */
import { unlessLinked } from "../../app/lasting.ts";
import { listField, numberField } from "../../app/url-fields.ts";
import { urlSignal } from "../../app/url-state.ts";

/** Pixels; stock TensorBoard's card is 335 to 735 wide. */
export const CARD_WIDTH = { min: 240, max: 960, usual: 340 };

/** Plugins whose cards are shown; all when empty. */
export const shownKinds = urlSignal("kinds", listField(), { lasting: unlessLinked<readonly string[]> });
/** Least width of a card. */
export const cardWidth = urlSignal(
  "card_width",
  numberField(CARD_WIDTH.usual, CARD_WIDTH.min, CARD_WIDTH.max),
  { lasting: true },
);

export function isShown(plugin: string): boolean {
  return shownKinds.value.length === 0 || shownKinds.value.includes(plugin);
}

/** Shows a kind, or does not; where none would be left, all are shown. */
export function toggleKind(plugin: string): void {
  const kinds = shownKinds.peek();
  shownKinds.value = kinds.includes(plugin) ? kinds.filter((other) => other !== plugin) : [...kinds, plugin];
}
