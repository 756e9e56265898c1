/** What the distributions dashboard lets a person choose, kept in the address. */
import { choiceField, flagField } from "../../app/url-fields.ts";
import { urlSignal } from "../../app/url-state.ts";
import type { StepAxis } from "../../board/moments.ts";

export const xAxis = urlSignal("distribution_x", choiceField<StepAxis>(["step", "relative", "wall_time"]), {
  lasting: true,
});
export const yLog = urlSignal("distribution_log", flagField(false), { lasting: true });
