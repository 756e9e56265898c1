/** What is wrong with the input, kept discreet: a count that opens the list. */
import type { Problem } from "../../server/api/types.ts";
import { count, formatStep } from "./format.ts";
import { Icon } from "./icons.tsx";
import { Popover } from "./popover.tsx";
import { problems } from "./session.ts";

/** Rows beyond this would only slow the page; the number says how many there are. */
const MOST = 200;

export function ProblemsButton() {
  const list = problems.value;
  if (list.length === 0) return null;
  const label = `${count(list.length, "problem")} with the logs`;
  return (
    <Popover
      label={label}
      buttonClass="problems-button"
      button={
        <>
          <Icon name="warning" />
          {formatStep(list.length)}
        </>
      }
    >
      <h2>{label}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by keyboard */}
      <ul class="problems" tabIndex={0} aria-label={label}>
        {list.slice(0, MOST).map((problem) => (
          <Row key={`${problem.file}:${problem.offset}:${problem.message}`} problem={problem} />
        ))}
      </ul>
      {list.length > MOST && <p class="muted">and {count(list.length - MOST, "more problem")}</p>}
    </Popover>
  );
}

function Row({ problem: { file, offset, message } }: { problem: Problem }) {
  return (
    <li>
      <code>{file}</code>
      {offset !== null && <span class="muted"> at byte {formatStep(offset)}</span>}
      <p>{message}</p>
    </li>
  );
}
