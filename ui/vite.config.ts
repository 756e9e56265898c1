/** Builds the page to dist/ui. `base: "./"` keeps every address relative, so any --path_prefix works. */
import { fileURLToPath } from "node:url";
import { preact } from "@preact/preset-vite";
import { defineConfig } from "vite";
import { earlyScript } from "../scripts/early-script.ts";
import { licences } from "../scripts/licences.ts";

const notices = licences("THIRD-PARTY-LICENCES.txt");

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  base: "./",
  plugins: [preact(), notices.build, earlyScript()],
  // Modules may come late in workers as well.
  worker: { format: "es", plugins: () => [notices.worker()] },
  build: {
    outDir: "../dist/ui",
    emptyOutDir: true,
    target: "es2022",
    // The page's policy allows neither inline scripts nor data: addresses for scripts and styles.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // What dashboards have in common comes with the page, as one file: in twenty small ones it queues for the
          // browser's six connections, behind which the first card's data waits. Charts that stand on ECharts are apart.
          groups: [
            {
              name: "common",
              test: /\/ui\/(?:board\/|charts\/(?:layered-plot|pixel-canvas|pointing|plain-axes|ticks|touch|theme)\.ts$|charts\/chart\.css$)/,
            },
          ],
        },
      },
    },
  },
  server: {
    // `TSBOARD_URL=http://localhost:6006 npx vite --config ui/vite.config.ts` against a running server.
    proxy: { "/api": { target: process.env.TSBOARD_URL ?? "http://localhost:6006", changeOrigin: true } },
  },
});
