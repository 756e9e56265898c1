/** Keeps the projector in step: with the address, with the settings of projections, with what the logs get. */
import { effect, type Signal, untracked } from "@preact/signals";
import { catalog } from "../../../app/session.ts";
import type { LoadedVectors, Positions } from "../../../projection/types.ts";
import { forgetOverlap, loadBeside } from "./beside.ts";
import { rereadFile } from "./dropped.ts";
import { followTrust, forgetPicture, forgetPoints } from "./inspecting.ts";
import { chosen, chosenEmbedding, list, openInto } from "./opening.ts";
import { beside, main } from "./pane.ts";
import { chosenComponents, loadOptions, project } from "./project.ts";
import { axisColumns, customKind, dimensions, kind, poleExpressions, poles, sampleRows } from "./settings.ts";

/** Reads what is open anew. */
function reopen(): void {
  if (main.data.peek()?.origin.kind === "file") void rereadFile();
  const tensor = chosen.peek();
  const embedding = chosenEmbedding.peek();
  if (main.data.peek() && tensor && embedding) void openInto(main, tensor.run, embedding);
  if (beside.data.peek()) void loadBeside();
}

/** What the findings are about that are there. */
const known: {
  loaded: LoadedVectors | null;
  pair: readonly [LoadedVectors | null, LoadedVectors | null];
  positions: Positions | undefined;
} = { loaded: null, pair: [null, null], positions: undefined };

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
      for (const setting of [poles, poleExpressions].flatMap(Object.values<Signal>)) void setting.value;
      untracked(() => {
        for (const pane of [main, beside])
          if (pane.loaded.peek() && !pane.task.peek()) void project(pane, false);
      });
    }),
    effect(() => {
      const positions = main.picture.value?.positions;
      if (positions !== known.positions) untracked(forgetPicture);
      known.positions = positions;
    }),
    effect(() => {
      const loaded = main.loaded.value;
      // Coming back to the page is no change.
      if (loaded !== known.loaded) untracked(forgetPoints);
      known.loaded = loaded;
    }),
    // Vectors are loaded anew for another step, sample, normalisation and distance.
    effect(() => {
      const pair = [main.loaded.value, beside.loaded.value] as const;
      if (pair.some((loaded, i) => loaded !== known.pair[i])) untracked(forgetOverlap);
      known.pair = pair;
    }),
    followTrust(),
  ];
  return () => {
    for (const stop of stops) stop();
    main.cancel();
    beside.cancel();
  };
}
