/** Cards that a person has pinned: they stand on top of their page, as many as one likes, in the address and in the next visit. */

import type { TagInfo } from "../../server/api/types.ts";
import { Icon } from "../app/icons.tsx";
import { changedList } from "../app/lasting.ts";
import { listField } from "../app/url-fields.ts";
import { urlSignal } from "../app/url-state.ts";

/** In the order in which they were pinned, each by its {@link pinOf}. */
export const pins = urlSignal("pins", listField(), { lasting: changedList });

/** A card's name among the pins: the same after a reload, and in another server. */
export function pinOf({ plugin, tag }: Pick<TagInfo, "plugin" | "tag">, run: string | null): string {
  return `${plugin}:${tag}${run === null ? "" : `@${run}`}`;
}

export function setPinned(pin: string, on: boolean): void {
  const others = pins.peek().filter((other) => other !== pin);
  pins.value = on ? [...others, pin] : others;
}

export function PinButton({ pin, label }: { pin: string; label: string }) {
  const on = pins.value.includes(pin);
  return (
    <button
      type="button"
      class={`icon-button${on ? " is-active" : ""}`}
      aria-pressed={on}
      aria-label={`Pin: ${label}`}
      title={on ? "Take off the top of the page" : "Pin to the top of the page"}
      onClick={() => setPinned(pin, !on)}
    >
      <Icon name="pin" />
    </button>
  );
}

/** At the end of the pinned cards: those that these logs do not have, and the way to be rid of all. */
export function PinsNote({ missing }: { missing: number }) {
  return (
    <p class="hidden-cards">
      {missing > 0 &&
        `${missing === 1 ? "One pinned card is" : `${missing} pinned cards are`} of tags or runs that are not here. `}
      <button type="button" class="text-button" onClick={() => (pins.value = [])}>
        Unpin all
      </button>
    </p>
  );
}
