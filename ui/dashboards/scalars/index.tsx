/** The scalars dashboard: a line chart a tag, every enabled run in it. */
import { Board } from "../../board/board.tsx";
import { ScalarCard } from "./card.tsx";
import { Tools } from "./toolbar.tsx";

export { guide } from "./guide.ts";

export default function Scalars() {
  return <Board plugins={["scalars"]} card={ScalarCard} tools={<Tools />} />;
}
