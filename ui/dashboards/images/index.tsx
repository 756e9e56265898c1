/** The images dashboard: a card a tag, in it every run's images at the step that the page looks at. */
import { Board } from "../../board/board.tsx";
import type { CardKind } from "../../board/card-kind.ts";
import { ImageCard } from "./card.tsx";
import { CARD_WIDTH, likelyHeight } from "./settings.ts";
import { Tools } from "./tools.tsx";
import "./images.css";

export { guide } from "./guide.ts";

export const kind: CardKind = { card: ImageCard, tools: Tools };

export default function Images() {
  return (
    <Board
      plugins={["images"]}
      card={ImageCard}
      tools={<Tools />}
      fluid
      steps
      cardWidth={CARD_WIDTH}
      cardHeight={likelyHeight}
    />
  );
}
