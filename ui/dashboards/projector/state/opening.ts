/** What is open: lists what the logs hold, opens a tensor at a step, and follows the address. */
import { computed, signal } from "@preact/signals";
import type { Embedding, RunEmbeddings } from "../../../../client/embeddings.ts";
import { describeError } from "../../../app/api.ts";
import type { Vectors } from "../../../projection/types.ts";
import { type DataSet, sizeOf, type TensorSteps, tensorsOf } from "../data/data-set.ts";
import { fetchEmbeddings, loadFromLog } from "../data/from-log.ts";
import { main, type Pane } from "./pane.ts";
import { isQuick, keyOf, project, takeOptions } from "./project.ts";
import { forget, selectFromAddress } from "./selection.ts";
import { kind, openRun, openStep, openTensor } from "./settings.ts";

/** What the logs hold; null until the server has said. */
export const listed = signal<readonly RunEmbeddings[] | null>(null);
export const listError = signal<string | null>(null);
export const tensors = computed(() => tensorsOf(listed.value ?? []));

/** Opened without being asked where it is all that there is, and so small that nobody waits. */
const SMALL = 4_000_000;

export async function list(): Promise<void> {
  try {
    listed.value = await fetchEmbeddings();
    listError.value = null;
  } catch (error) {
    listError.value = describeError(error);
  }
}

/** Whether what is small may open itself: not once the person chose something else. */
export const automatic = signal(true);

/** The tensor that the address names; the only one where it is small. */
export const chosen = computed<TensorSteps | null>(() => {
  const all = tensors.value;
  const named = all.find(({ run, tensor }) => run === openRun.value && tensor === openTensor.value);
  if (named || openTensor.value !== "") return named ?? null;
  if (!automatic.value) return null;
  const [only, ...others] = all;
  const size = only && others.length === 0 ? sizeOf(only) : null;
  return only && size && size.rows * size.dims <= SMALL ? only : null;
});

/** Which of its steps; the last where the address names none. */
export const chosenEmbedding = computed<Embedding | null>(() => {
  const embeddings = chosen.value?.embeddings ?? [];
  const named = embeddings.find(({ step }) => String(step ?? "") === openStep.value);
  return named ?? embeddings.at(-1) ?? null;
});

export function choose(run: string, tensor: string): void {
  openRun.value = run;
  openTensor.value = tensor;
  openStep.value = "";
}

export function closeTensor(): void {
  automatic.value = false;
  openRun.value = "";
  openTensor.value = "";
  openStep.value = "";
  main.close();
  forget();
}

/** Loads a tensor into a pane, and shows the chosen projection of it. */
export async function openInto(pane: Pane, run: string, embedding: Embedding): Promise<void> {
  try {
    const { data, vectors } = await pane.run("Reading the vectors", ({ signal }) =>
      loadFromLog(run, embedding, (done, of) => pane.progress("Reading the vectors", done, of), signal),
    );
    await put(pane, data, vectors);
  } catch (error) {
    pane.fail(error);
  }
}

/** Points that were loaded, from wherever, into a pane. */
export async function put(pane: Pane, data: DataSet, vectors: Vectors): Promise<void> {
  const before = pane.data.peek();
  const same = before !== null && before.rows === data.rows && sameTensor(before, data);
  await pane.open(data, vectors, takeOptions.peek());
  if (pane === main && !same) {
    forget();
    selectFromAddress(data.rows);
  }
  // Whoever opens points has chosen their projection: slow ones start too, in sight and with a way to stop.
  await project(pane, !isQuick(kind.peek()) && !pane.kept(keyOf(kind.peek())));
}

function sameTensor({ origin: a }: DataSet, { origin: b }: DataSet): boolean {
  if (a === b) return true;
  return a.kind === "log" && b.kind === "log" && a.run === b.run && a.tensor === b.tensor;
}
