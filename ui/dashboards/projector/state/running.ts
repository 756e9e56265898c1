/** Keeps the projector in step: with the address, with the settings of projections, with what the logs get. */
import { effect, untracked } from "@preact/signals";
import { catalog } from "../../../app/session.ts";
import { loadBeside } from "./beside.ts";
import { forgetPicture, forgetPoints } from "./inspecting.ts";
import { chosen, chosenEmbedding, list, openInto } from "./opening.ts";
import { beside, main } from "./pane.ts";
import { chosenComponents, loadOptions, project } from "./project.ts";
import { axisColumns, customKind, dimensions, kind, poles, sampleRows } from "./settings.ts";

/** Reads what is open anew. */
function reopen(): void {
  const tensor = chosen.peek();
  const embedding = chosenEmbedding.peek();
  if (main.data.peek() && tensor && embedding) void openInto(main, tensor.run, embedding);
  if (beside.data.peek()) void loadBeside();
}

/** Starts all that; returns the way to stop. */
export function startProjector(): () => void {
  const opened = { rows: sampleRows.peek() };
  const stops = [
    // Runs that come may bring embeddings.
    effect(() => {
      if (catalog.value) untracked(() => void list());
    }),
    effect(() => {
      const tensor = chosen.value;
      const embedding = chosenEmbedding.value;
      if (!tensor || !embedding) return;
      const origin = main.data.peek()?.origin;
      if (origin?.kind === "log" && origin.run === tensor.run && origin.name === embedding.name) return;
      untracked(() => void openInto(main, tensor.run, embedding));
    }),
    effect(() => {
      // Another sample is of vectors that the worker does not have any more.
      const rows = sampleRows.value;
      if (rows !== opened.rows) untracked(reopen);
      opened.rows = rows;
    }),
    effect(() => {
      const options = loadOptions.value;
      const loaded = main.loaded.peek();
      const wanted = options.normalise ?? loaded?.normalise;
      if (!loaded || (wanted === loaded.normalise && options.metric === loaded.metric)) return;
      untracked(() =>
        [main, beside].map((pane) =>
          pane.prepare(options).then(
            () => project(pane, false),
            (error: unknown) => pane.fail(error),
          ),
        ),
      );
    }),
    effect(() => {
      // What quick projections follow by themselves.
      void [kind.value, dimensions.value, chosenComponents.value, axisColumns.value, customKind.value];
      for (const pole of Object.values(poles)) void pole.value;
      untracked(() => {
        for (const pane of [main, beside])
          if (pane.loaded.peek() && !pane.task.peek()) void project(pane, false);
      });
    }),
    effect(() => {
      void main.picture.value?.positions;
      untracked(forgetPicture);
    }),
    effect(() => {
      void main.loaded.value;
      untracked(forgetPoints);
    }),
  ];
  return () => {
    for (const stop of stops) stop();
    main.cancel();
    beside.cancel();
  };
}
