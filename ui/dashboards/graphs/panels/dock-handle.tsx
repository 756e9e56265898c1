/** The upper edge of the panel below the picture: dragged, or moved by arrows, it makes the panel higher. */
import { signal } from "@preact/signals";

const [LEAST, MOST, STEP] = [15, 85, 5];
/** What the panel takes of the dashboard's height unless somebody moved its edge. */
const USUAL = 45;

/** Percent of the dashboard's height; null until somebody chooses. */
export const dockShare = signal<number | null>(null);

function set(share: number): void {
  dockShare.value = Math.round(Math.min(MOST, Math.max(LEAST, share)));
}

export function DockHandle() {
  const share = dockShare.value ?? USUAL;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule cannot be moved
    <div
      class="dock-handle"
      role="separator"
      tabIndex={0}
      aria-orientation="horizontal"
      aria-label="Height of the panel"
      aria-valuenow={share}
      aria-valuemin={LEAST}
      aria-valuemax={MOST}
      title="Drag, or press the arrow keys, to change the panel’s height; a double click gives the usual"
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
        const box = event.currentTarget.closest(".graphs")?.getBoundingClientRect();
        if (box) set((100 * (box.bottom - event.clientY)) / box.height);
      }}
      onDblClick={() => (dockShare.value = null)}
      onKeyDown={(event) => {
        const by = event.key === "ArrowUp" ? STEP : event.key === "ArrowDown" ? -STEP : 0;
        if (by === 0) return;
        event.preventDefault();
        set(share + by);
      }}
    />
  );
}
