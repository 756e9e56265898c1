/** Worker: lays out one scope after another. */
import { layout } from "../dashboards/graphs/layout/layout.ts";
import type { LayoutAnswer, LayoutQuestion } from "../dashboards/graphs/layout/layout-client.ts";

self.addEventListener("message", ({ data: { id, graph } }: MessageEvent<LayoutQuestion>) => {
  let answer: LayoutAnswer;
  try {
    answer = { id, layout: layout(graph) };
  } catch (error) {
    answer = { id, error: error instanceof Error ? error.message : String(error) };
  }
  self.postMessage(answer);
});
