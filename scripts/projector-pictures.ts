/**
 * The pictures of docs/projector.md: `npm run pictures:projector`. Writes 2,000 digits with their images, and the animals of
 * the walk, and takes pictures of the real page; those of words from the logs of `npm run pictures:examples -- word-vectors`.
 */
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { createFileWriter } from "tsboard";
import { startServer } from "tsboard/server";
import { loadDataset } from "../examples/mnist/data.ts";
import { launch, WITH_WEBGL } from "./chromium.ts";
import { digits, digitsOnPhone, oddCluster, wordVectors } from "./projector-views.ts";
import { writeAnimals } from "./projector-walk-logs.ts";
import { type Picture, takePicture } from "./take-picture.ts";

const COUNT = 2000;
const PIXELS = 28 * 28;

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = path.join(root, "docs", "pictures", path.sep);
const words = path.join(root, "logs", "pictures", "word-vectors");

async function writeDigits(logdir: string): Promise<void> {
  const { images, labels } = (await loadDataset(1)).train;
  const pixels = images.subarray(0, COUNT * PIXELS);
  const writer = createFileWriter(path.join(logdir, "digits"));
  writer.scalar("digits", COUNT, { step: 0 });
  await writer.projector("digits", pixels, {
    shape: [COUNT, PIXELS],
    metadata: {
      digit: labels.subarray(0, COUNT),
      ink: Array.from({ length: COUNT }, (_, i) =>
        Math.round(pixels.subarray(i * PIXELS, (i + 1) * PIXELS).reduce((sum, value) => sum + value, 0)),
      ),
    },
    images: { data: pixels, shape: [COUNT, 28, 28] },
  });
  await writer.close();
}

mkdirSync(folder, { recursive: true });
const logdir = mkdtempSync(path.join(tmpdir(), "tsboard-pictures-"));
await writeDigits(logdir);
const animals = mkdtempSync(path.join(tmpdir(), "tsboard-pictures-"));
await writeAnimals(animals);
const browser = await launch(WITH_WEBGL);
const looks = { scale: 1, scheme: "light" } as const;
const pictures: readonly [string, Picture][] = [
  [logdir, { name: "projector", ...looks, ...digits }],
  [logdir, { name: "projector-phone", ...looks, ...digitsOnPhone }],
  [animals, { name: "projector-walk", ...looks, ...oddCluster }],
  [words, { name: "projector-dark", ...looks, scheme: "dark", ...wordVectors }],
];
for (const [logs, picture] of pictures) {
  if (!existsSync(logs)) throw new Error(`${logs} is not there: npm run pictures:examples -- word-vectors`);
  const server = await startServer({ logdir: logs, port: 0 });
  await server.loaded;
  await takePicture(browser, server.url, picture, folder);
  await server.close();
}
await browser.close();
for (const made of [logdir, animals]) rmSync(made, { recursive: true });
