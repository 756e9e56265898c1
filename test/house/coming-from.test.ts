/** docs/coming-from.md: what it has on the left is all there is elsewhere, and what it has on the right is there. */
import { readFileSync } from "node:fs";
import { expect, onTestFinished, test } from "vitest";
import { CALLBACK_OPTIONS } from "../../summary/callback/options.ts";
import * as tsboard from "../../summary/index.ts";
import * as tfjs from "../../tfjs/index.ts";
import { temporaryDirectory } from "../summary/event-files.ts";

const text = readFileSync(new URL("../../docs/coming-from.md", import.meta.url), "utf8");

/** Both sides of the rows of a section's tables. */
function table(title: string): { left: string; right: string } {
  const section = text.split(/^## /m).find((part) => part.startsWith(title));
  const rows = (section ?? "").split("\n").filter((line) => line.startsWith("| "));
  const cells = rows.slice(2).map((row) => row.split(/(?<!\\)\|/));
  expect(cells.length).toBeGreaterThan(3);
  return {
    left: cells.map((row) => row[1]).join("\n"),
    right: cells.map((row) => row[2]).join("\n"),
  };
}

// torch.utils.tensorboard.SummaryWriter of PyTorch 2: its methods, and the arguments of its constructor.
const PYTORCH =
  `add_hparams add_scalar add_scalars add_tensor add_histogram add_histogram_raw add_image add_images
  add_image_with_boxes add_figure add_video add_audio add_text add_onnx_graph add_graph add_embedding add_pr_curve
  add_pr_curve_raw add_custom_scalars add_custom_scalars_multilinechart add_custom_scalars_marginchart add_mesh flush close
  log_dir comment purge_step max_queue flush_secs filename_suffix`.split(/\s+/);
// keras.callbacks.TensorBoard of Keras 3.
const KERAS =
  `log_dir histogram_freq write_graph write_images write_steps_per_second update_freq profile_batch
  embeddings_freq embeddings_metadata`.split(/\s+/);

test("every method and argument of PyTorch's writer is in its table", () => {
  const { left } = table("PyTorch");
  expect(PYTORCH.filter((name) => !new RegExp(`\\b${name}\\b`).test(left))).toEqual([]);
});

test("every argument of Keras's callback is in its table, and its options are ours", () => {
  const { left, right } = table("Keras");
  expect(KERAS.filter((name) => !new RegExp(`\\b${name}\\b`).test(left))).toEqual([]);
  const options = [...right.matchAll(/`(\w+)(?::|`)/g)].map(([, name]) => name!);
  expect(options.length).toBeGreaterThan(8);
  expect(options.filter((name) => !(name in CALLBACK_OPTIONS) && name !== "model")).toEqual([]);
});

test("every name of ours is there", () => {
  const writer = tsboard.createFileWriter(temporaryDirectory());
  onTestFinished(() => writer.close());
  const places: Record<string, object> = { writer, v1: tsboard.v1 };
  const named = [...text.matchAll(/\b(writer|v1)((?:\.[A-Za-z]\w*)+)\b/g)].filter(
    // PyTorch's own calls beside ours.
    ([name]) => !/\.add_/.test(name),
  );
  expect(named.length).toBeGreaterThan(40);
  const missing = named.filter(([, place, path]) => {
    let at: unknown = places[place!];
    for (const part of path!.slice(1).split(".")) at = Reflect.get(Object(at), part);
    return at === undefined;
  });
  expect(missing.map(([name]) => name)).toEqual([]);
  for (const name of text.matchAll(/import \{ (\w+) \} from "tsboard(\/tfjs)?"/g))
    expect(name[2] ? tfjs : tsboard).toHaveProperty(name[1]!);
});
