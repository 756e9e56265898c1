/** The page: reads digits, trains, and logs to the server that serve.ts started. */
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import { createWriter, HttpSink } from "tsboard";
import { dataset, readRecords } from "tsboard/records";
import { registerWasmKernels } from "tsboard/tfjs";
import { toDigits } from "../tfrecord/digit.ts";
import { Network } from "./network.ts";
import type { Settings } from "./settings.ts";

/** Steps between two measurements of the accuracy, and between two histograms. */
const accuracyEvery = 20;
const distributionsEvery = 50;

async function fetched(file: string): Promise<Response> {
  const response = await fetch(file);
  if (!response.ok) throw new Error(`${file}: status ${response.status}`);
  return response;
}

async function train(settings: Settings, say: (text: string, share: number) => void): Promise<number> {
  setWasmPaths("/");
  registerWasmKernels(tf);
  await tf.setBackend("wasm");
  const file = await (await fetched("/digits.tfrecord.gz")).blob();
  const records = dataset(() => readRecords(file));
  const test = toDigits(await records.take(500).toArray());
  const batches = records
    .skip(500)
    .shuffle(2000, 1)
    .batch(settings.batch, true)
    .map(toDigits)
    .prefetch(2)
    .repeat();

  const network = new Network();
  const run = `web-page/${new Date().toISOString().slice(0, 19).replaceAll(":", ".")}`;
  const writer = createWriter(new HttpSink(settings.server, { token: settings.token, run }), {
    flushMillis: 250,
    onError: (error) => say(error.message, 0),
  });
  let step = 0;
  let accuracy = 0;
  for await (const digits of batches.take(settings.steps)) {
    writer.scalar("loss", network.train(digits), { step });
    if (step === 0)
      writer.image("digits", digits.images, { step, shape: [settings.batch, 28, 28, 1], maxOutputs: 5 });
    if (step % accuracyEvery === 0) {
      accuracy = network.accuracy(test);
      writer.scalar("accuracy/test", accuracy, { step });
      // The page draws, and the writer sends, between the steps.
      await tf.nextFrame();
    }
    if (step % distributionsEvery === 0)
      for (const [name, variable] of Object.entries(network.variables))
        writer.histogram(name, variable, { step });
    step++;
    say(
      `Step ${step} of ${settings.steps}, ${(accuracy * 100).toFixed(1)} % of the test digits read.`,
      step / settings.steps,
    );
  }
  accuracy = network.accuracy(test);
  writer.scalar("accuracy/test", accuracy, { step });
  await writer.close();
  return accuracy;
}

const status = document.querySelector("#status")!;
const progress = document.querySelector<HTMLProgressElement>("#progress")!;

try {
  const settings = (await (await fetched("/settings.json")).json()) as Settings;
  document.querySelector<HTMLAnchorElement>("#server")!.href = settings.server;
  const accuracy = await train(settings, (text, share) => {
    status.textContent = text;
    progress.value = share;
  });
  status.textContent = `Done: ${(accuracy * 100).toFixed(1)} % of the test digits are read correctly.`;
} catch (error) {
  status.textContent = `Failed: ${error instanceof Error ? error.message : error}`;
}
