/** The scalars dashboard: a line chart a tag, every enabled run in it. */
import { Board } from "../../board/board.tsx";
import type { CardKind } from "../../board/card-kind.ts";
import { ScalarCard } from "./card.tsx";
import { LookTools, Tools } from "./toolbar.tsx";

export { guide } from "./guide.ts";

export const kind: CardKind = { card: ScalarCard, tools: LookTools };

export default function Scalars() {
  return <Board plugins={["scalars"]} card={ScalarCard} tools={<Tools />} />;
}
