/** Every kind of summary that is written by us and by TensorFlow and compared; docs/interop.md lists them. */
import type { InteropKind } from "../case.ts";
import { audio } from "./audio.ts";
import { customScalars } from "./custom-scalars.ts";
import { events, rawSummaries, sessionLogs } from "./events.ts";
import { graphs, kerasModels, runMetadata, traces } from "./graphs.ts";
import { histograms } from "./histograms.ts";
import { hparams } from "./hparams.ts";
import { images } from "./images.ts";
import { meshes } from "./meshes.ts";
import { prCurves } from "./pr-curves.ts";
import { projector } from "./projector.ts";
import { scalars } from "./scalars.ts";
import { tensors } from "./tensors.ts";
import { text, textArrays } from "./text.ts";

export const kinds: readonly InteropKind[] = [
  scalars,
  histograms,
  images,
  audio,
  text,
  textArrays,
  tensors,
  prCurves,
  meshes,
  customScalars,
  hparams,
  graphs,
  runMetadata,
  traces,
  kerasModels,
  sessionLogs,
  rawSummaries,
  events,
  projector,
];
