/** The controls of this page: kinds of cards, and a panel with the settings of all kinds. */
import { useEffect } from "preact/hooks";
import { Icon } from "../../app/icons.tsx";
import { Popover } from "../../app/popover.tsx";
import { tagsOf } from "../../app/session.ts";
import { Slider, Toggle } from "../../board/controls.tsx";
import { hideEmpty } from "../../board/settings.ts";
import { SelectionToggles } from "../scalars/selection-toggles.tsx";
import { KINDS, type Kind, loadedKind, wantKind } from "./kinds.ts";
import { CARD_WIDTH, cardWidth, isShown, shownKinds, toggleKind } from "./settings.ts";

export function Tools() {
  const kinds = KINDS.filter(({ plugin }) => tagsOf(plugin).length > 0);
  return (
    <>
      {kinds.length > 1 && (
        <fieldset class="toggles" aria-label="Kinds of cards">
          <Toggle label="All" on={shownKinds.value.length === 0} onChange={() => (shownKinds.value = [])} />
          {kinds.map(({ plugin, title }) => (
            <Toggle
              key={plugin}
              label={title}
              on={shownKinds.value.includes(plugin)}
              onChange={() => toggleKind(plugin)}
            />
          ))}
        </fieldset>
      )}
      <SelectionToggles />
      <Popover
        label="Settings"
        buttonClass="text-button"
        button={
          <>
            Settings <Icon name="chevron" />
          </>
        }
      >
        <div class="ts-settings">
          <General />
          {kinds
            .filter(({ plugin }) => isShown(plugin))
            .map((kind) => (
              <OfKind key={kind.plugin} kind={kind} />
            ))}
        </div>
      </Popover>
    </>
  );
}

function General() {
  return (
    <fieldset>
      <legend>Cards</legend>
      <Slider
        label="Card width"
        min={CARD_WIDTH.min}
        max={CARD_WIDTH.max}
        step={10}
        value={cardWidth.value}
        onChange={(value) => (cardWidth.value = value)}
      />
      <div class="toggles">
        <Toggle
          label="Hide empty cards"
          title="Leave away cards of tags whose runs are all off"
          on={hideEmpty.value}
          onChange={(on) => (hideEmpty.value = on)}
        />
      </div>
    </fieldset>
  );
}

/** A kind's own controls, as on its dashboard. */
function OfKind({ kind: { plugin, title } }: { kind: Kind }) {
  useEffect(() => wantKind(plugin), [plugin]);
  const kind = loadedKind(plugin);
  return (
    <fieldset>
      <legend>{title}</legend>
      {kind ? <kind.tools /> : <p class="muted">Loading…</p>}
    </fieldset>
  );
}
