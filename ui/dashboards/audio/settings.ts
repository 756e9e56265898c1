/** What the audio dashboard lets a person choose, kept in the address. */
import { choiceField, flagField } from "../../app/url-fields.ts";
import { urlSignal } from "../../app/url-state.ts";

export type SoundView = "waveform" | "spectrogram";

export const view = urlSignal("audio_view", choiceField<SoundView>(["waveform", "spectrogram"]), {
  lasting: true,
});
export const loop = urlSignal("audio_loop", flagField(false), { lasting: true });
