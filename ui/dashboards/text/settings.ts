/** What the text dashboard lets a person choose, kept in the address. */
import { computed } from "@preact/signals";
import { nameFilter } from "../../app/name-filter.ts";
import { choiceField, flagField, textField } from "../../app/url-fields.ts";
import { urlSignal } from "../../app/url-state.ts";

/** Markdown as it is meant, as it is written, or what changed since the step before. */
export type TextView = "rendered" | "raw" | "changes";

export const view = urlSignal("text_view", choiceField<TextView>(["rendered", "raw", "changes"]), {
  lasting: true,
});
/** All steps of a card, or the one that the page looks at. */
export const allSteps = urlSignal("text_all", flagField(false), { lasting: true });
export const searchText = urlSignal("text_search", textField());
export const search = computed(() => nameFilter(searchText.value.trim()));
