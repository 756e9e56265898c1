/** A name in one line that is cut in its middle where it has no room. */
import { lastLetters } from "./last-letters.ts";
import { shownName } from "./shown-name.ts";
import "./middle-cut.css";

interface Props {
  readonly text: string;
  /** Where the part begins that stays; nothing is parted where it is 0. */
  readonly keptFrom?: number;
}

export function MiddleCut({ text, keptFrom = lastLetters(text) }: Props) {
  const shown = shownName(text);
  if (shown !== text) return <bdi class="middle-cut">{shown}</bdi>;
  return (
    <bdi class="middle-cut">
      {keptFrom > 0 && <span class="middle-cut-start">{text.slice(0, keptFrom)}</span>}
      <span class="middle-cut-end">{text.slice(keptFrom)}</span>
    </bdi>
  );
}
