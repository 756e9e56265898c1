/** Says that runs were switched off by the way (a click on a session shows its curves alone), and leads back. */
import { Icon } from "./icons.tsx";
import { chosenRuns, settleChosenRuns } from "./runs.ts";

export function ChosenRunsNote() {
  const chosen = chosenRuns.value;
  return (
    // Always there: what appears with its text is not read out everywhere.
    <div class="chosen-runs" role="status">
      {chosen && (
        <div class="chosen-runs-note">
          <span>{chosen.words}</span>
          <button type="button" class="text-button" onClick={() => settleChosenRuns(true)}>
            Undo
          </button>
          <button
            type="button"
            class="icon-button"
            aria-label="Close this note"
            onClick={() => settleChosenRuns(false)}
          >
            <Icon name="close" />
          </button>
        </div>
      )}
    </div>
  );
}
