/**
 * The pictures of docs/dashboards.md, taken of the real page: `npm run pictures:dashboards -- LOGDIR`, with the logs of the
 * demo (`npm run demo -- --exit --logdir LOGDIR`). Writes docs/pictures/meshes*.png and custom-scalars*.png.
 */
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { startServer } from "tsboard/server";
import { launch, WITH_WEBGL } from "./chromium.ts";
import { type Picture, takePicture } from "./take-picture.ts";

const folder = fileURLToPath(new URL("../docs/pictures/", import.meta.url));

const wide = { width: 1280, height: 640, scheme: "light", scale: 1 } as const;
const narrow = { width: 390, height: 760, scheme: "dark", scale: 1 } as const;
const meshes = { ready: "canvas.mesh-canvas[data-vertices]", view: "#mesh?mesh_points=2" } as const;
const charts = { view: "#custom_scalars?smoothing=0.8" } as const;

const pictures: readonly Picture[] = [
  { name: "meshes", ...wide, ...meshes },
  { name: "meshes-phone", ...narrow, ...meshes },
  { name: "custom-scalars", ...wide, ...charts },
  { name: "custom-scalars-phone", ...narrow, ...charts },
];

const logdir = process.argv[2];
if (!logdir) throw new Error("usage: npm run pictures:dashboards -- LOGDIR");
mkdirSync(folder, { recursive: true });
const server = await startServer({ logdir, port: 0 });
await server.loaded;
const browser = await launch(WITH_WEBGL);
for (const picture of pictures) await takePicture(browser, server.url, picture, folder);
await browser.close();
await server.close();
