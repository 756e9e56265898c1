/** The text dashboard: a card a tag and run, its text at a step or at all of them. */
import { Board } from "../../board/board.tsx";
import { TextCard } from "./card.tsx";
import { allSteps } from "./settings.ts";
import { Tools } from "./tools.tsx";

export { guide } from "./guide.ts";

export default function Texts() {
  return (
    <Board
      plugins={["text"]}
      per="run"
      card={TextCard}
      tools={<Tools />}
      steps={!allSteps.value}
      cardWidth={420}
      fluid
    />
  );
}
