/** The audio dashboard: clips of every run at a step, seen and heard. */
import { Board } from "../../board/board.tsx";
import { Segmented, Toggle } from "../../board/controls.tsx";
import { AudioCard } from "./card.tsx";
import { loop, type SoundView, view } from "./settings.ts";

export { guide } from "./guide.ts";

const VIEWS: readonly { value: SoundView; title: string }[] = [
  { value: "waveform", title: "Waveform" },
  { value: "spectrogram", title: "Spectrogram" },
];

export default function Audio() {
  return <Board plugins={["audio"]} card={AudioCard} tools={<Tools />} cardWidth={420} steps fluid />;
}

function Tools() {
  return (
    <>
      <Segmented
        label="Sound shown as"
        choices={VIEWS}
        value={view.value}
        onChange={(value) => (view.value = value)}
      />
      <div class="toggles">
        <Toggle
          label="Loop"
          title="Play again from the start"
          on={loop.value}
          onChange={(on) => (loop.value = on)}
        />
      </div>
    </>
  );
}
