/** What the histograms dashboard lets a person choose, kept in the address. */
import { choiceField, flagField, numberField } from "../../app/url-fields.ts";
import { urlSignal } from "../../app/url-state.ts";

/** One above the other by step, all on one ground, or the runs of a tag on one ground. */
export type HistogramMode = "offset" | "overlay" | "runs";

export const DEFAULT_BINS = 30;
export const MOST_BINS = 200;

export const mode = urlSignal("histogram_mode", choiceField<HistogramMode>(["offset", "overlay", "runs"]), {
  lasting: true,
});
export const bins = urlSignal("bins", numberField(DEFAULT_BINS, 2, MOST_BINS), { lasting: true });
export const logCounts = urlSignal("log_counts", flagField(false), { lasting: true });
