/** The histograms dashboard: how a tensor's values spread, step by step for a run, or run by run at a step. */
import { Board, type TagCardProps } from "../../board/board.tsx";
import type { CardKind } from "../../board/card-kind.ts";
import { HistogramCard } from "./card.tsx";
import { RunsCard } from "./runs-card.tsx";
import { mode } from "./settings.ts";
import { Tools } from "./tools.tsx";

export { guide } from "./guide.ts";

/** Run by run, or all runs of the tag at a step: as the page asks for a card of a run or of none. */
function AnyCard(props: TagCardProps) {
  return props.run === null ? <RunsCard {...props} /> : <HistogramCard {...props} />;
}

export const kind: CardKind = { card: AnyCard, tools: Tools };

export default function Histograms() {
  const comparing = mode.value === "runs";
  return (
    <Board
      // Cards of one kind are no cards of the other.
      key={comparing ? "runs" : "steps"}
      plugins={["histograms"]}
      per={comparing ? "tag" : "run"}
      card={AnyCard}
      tools={<Tools />}
      steps
    />
  );
}
