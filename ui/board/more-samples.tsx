/** A record may hold hundreds of samples: the first are shown, it is said how many there are, and all come when asked. */
import type { Signal } from "@preact/signals";
import { formatStep } from "../app/format.ts";

interface Props {
  /** Samples of a record that are shown unless all are. */
  readonly most: number;
  /** Samples of the record that has most. */
  readonly samples: number;
  readonly all: Signal<boolean>;
  /** What several of them are called: `images`. */
  readonly what: string;
}

export function MoreSamples({ most, samples, all, what }: Props) {
  if (samples <= most) return null;
  return (
    <p class="more-samples">
      {!all.value && `The first ${most} of ${formatStep(samples)} ${what} of a step. `}
      <button type="button" class="text-button" onClick={() => (all.value = !all.value)}>
        {all.value ? `Show the first ${most} only` : `Show all ${formatStep(samples)}`}
      </button>
    </p>
  );
}
