/** What the custom scalars dashboard lets a person choose, in the address. */
import { choiceField } from "../../app/url-fields.ts";
import { urlSignal } from "../../app/url-state.ts";

/** What the lines of a chart have their colour from; what is left tells them apart by dashes. */
export type ColourBy = "run" | "tag";

export const colourBy = urlSignal("custom_colours", choiceField<ColourBy>(["run", "tag"]), { lasting: true });
