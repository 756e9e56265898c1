/**
 * The pictures of the README, taken of the real page: `npm run pictures -- LOGDIR`, with the logs of the demo
 * (`npm run demo -- --exit --logdir LOGDIR`). Writes docs/pictures/*.png.
 */
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { startServer } from "tsboard/server";
import { launch } from "./chromium.ts";
import { type Picture, pointAt, takePicture } from "./take-picture.ts";

const folder = fileURLToPath(new URL("../docs/pictures/", import.meta.url));

const pictures: readonly Picture[] = [
  {
    name: "scalars",
    width: 1280,
    height: 800,
    scheme: "light",
    scale: 1.5,
    view: "#scalars?tag_filter=accuracy/(tr|v)|loss/[ct]&smoothing=0.8",
    act: pointAt("accuracy/train", 0.62),
  },
  {
    name: "scalars-dark",
    width: 1280,
    height: 800,
    scheme: "dark",
    scale: 1.5,
    view: "#scalars?tag_filter=loss&smoothing=0.9&log_y=1&wide=loss/total",
    act: pointAt("loss/total", 0.7),
  },
  {
    name: "phone",
    width: 400,
    height: 800,
    scheme: "light",
    scale: 1.5,
    view: "#scalars?tag_filter=accuracy&smoothing=0.8",
  },
];

const logdir = process.argv[2];
if (!logdir) throw new Error("usage: npm run pictures -- LOGDIR");
mkdirSync(folder, { recursive: true });
const server = await startServer({ logdir, port: 0 });
await server.loaded;
const browser = await launch();
for (const picture of pictures) await takePicture(browser, server.url, picture, folder);
await browser.close();
await server.close();
