/** The histograms dashboard: how a tensor's values spread, step by step for a run, or run by run at a step. */
import { Board } from "../../board/board.tsx";
import { HistogramCard } from "./card.tsx";
import { RunsCard } from "./runs-card.tsx";
import { mode } from "./settings.ts";
import { Tools } from "./tools.tsx";

export { guide } from "./guide.ts";

export default function Histograms() {
  const comparing = mode.value === "runs";
  return (
    <Board
      // Cards of one kind are no cards of the other.
      key={comparing ? "runs" : "steps"}
      plugins={["histograms"]}
      per={comparing ? "tag" : "run"}
      card={comparing ? RunsCard : HistogramCard}
      tools={<Tools />}
      steps
    />
  );
}
