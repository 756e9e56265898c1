/**
 * The pictures of docs/dashboards.md, taken of the real page: `npm run pictures:dashboards -- LOGDIR`, with the logs of the
 * demo (`npm run demo -- --exit --logdir LOGDIR`). Writes a wide one, light, and a narrow one, dark, of each dashboard.
 */
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { startServer } from "tsboard/server";
import { launch, WITH_WEBGL } from "./chromium.ts";
import { type Picture, takePicture } from "./take-picture.ts";

const folder = fileURLToPath(new URL("../docs/pictures/", import.meta.url));

const wide = { width: 1280, height: 640, scheme: "light", scale: 1 } as const;
const narrow = { width: 390, height: 760, scheme: "dark", scale: 1 } as const;

const dashboards: readonly Pick<Picture, "name" | "view" | "ready" | "act">[] = [
  { name: "time-series", view: "#timeseries?range=_&smoothing=0.6" },
  { name: "images", view: "#images", ready: ".image-tile img" },
  { name: "histograms", view: "#histograms", ready: "canvas.chart-lines[data-ridges]" },
  { name: "distributions", view: "#distributions" },
  { name: "audio", view: "#audio?audio_view=spectrogram", ready: "canvas.chart-lines[data-samples]" },
  { name: "text", view: "#text", ready: ".text-prose *" },
  { name: "pr-curves", view: "#pr_curves", ready: "canvas.chart-lines[data-curves]" },
  { name: "hparams", view: "#hparams", ready: ".hp-parallel canvas[data-lines]" },
  { name: "meshes", view: "#mesh?mesh_points=2", ready: "canvas.mesh-canvas[data-vertices]" },
  { name: "custom-scalars", view: "#custom_scalars?smoothing=0.8" },
];
const pictures: readonly Picture[] = dashboards.flatMap((one) => [
  { ...one, ...wide },
  { ...one, ...narrow, name: `${one.name}-phone` },
]);

const logdir = process.argv[2];
if (!logdir) throw new Error("usage: npm run pictures:dashboards -- LOGDIR");
mkdirSync(folder, { recursive: true });
const server = await startServer({ logdir, port: 0 });
await server.loaded;
const browser = await launch(WITH_WEBGL);
for (const picture of pictures) await takePicture(browser, server.url, picture, folder);
await browser.close();
await server.close();
