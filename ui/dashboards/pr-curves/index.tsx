/** The PR curves dashboard: precision over recall, a card a tag, every enabled run in it. */
import { Board } from "../../board/board.tsx";
import { PrCurveCard } from "./card.tsx";

export { guide } from "./guide.ts";

export default function PrCurves() {
  return <Board plugins={["pr_curves"]} card={PrCurveCard} fluid steps />;
}
