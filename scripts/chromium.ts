/** The installed Chromium, for tests, measurements and pictures: where it is, and how it is started. */
import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const CANDIDATES = [
  process.env.TSBOARD_CHROMIUM,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** Path of the browser; null where there is none. */
export const chromiumPath: string | null =
  CANDIDATES.find((path) => path !== undefined && existsSync(path)) ?? null;

/** Flags with which the browser draws WebGL in software, where there is no graphics card. */
export const WITH_WEBGL = [
  "--use-gl=angle",
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
] as const;

/** Starts the browser without anything that would reach for the network. */
export function launch(further: readonly string[] = []): Promise<Browser> {
  if (chromiumPath === null) throw new Error("no Chromium found; set TSBOARD_CHROMIUM to its path");
  return chromium.launch({
    executablePath: chromiumPath,
    args: [
      ...["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
      ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
      ...further,
    ],
  });
}
