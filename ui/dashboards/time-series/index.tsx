/** The time series dashboard: scalars, histograms and images under one roof, by tag, with cards pinned on top. */

import type { TagInfo } from "../../../server/api/types.ts";
import { Board } from "../../board/board.tsx";
import { AnyCard } from "./card.tsx";
import { KINDS, PLUGINS } from "./kinds.ts";
import { cardWidth, isShown } from "./settings.ts";
import { Tools } from "./tools.tsx";
import "./time-series.css";

export { guide } from "./guide.ts";

export default function TimeSeries() {
  return (
    <div class="time-series">
      <Board
        plugins={PLUGINS}
        card={AnyCard}
        per={cardsPer}
        select={({ plugin }) => isShown(plugin)}
        tools={<Tools />}
        cardWidth={cardWidth.value}
        steps
        pinnable
      />
    </div>
  );
}

function cardsPer({ plugin }: TagInfo) {
  return KINDS.find((kind) => kind.plugin === plugin)?.per() ?? "tag";
}
