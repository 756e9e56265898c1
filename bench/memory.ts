/**
 * A day of training with the server running and a page open: `npm run bench:memory [flushes]`. Eight runs flush five
 * tags every two seconds, as the writer does by default, for 24 hours' worth of flushes (43,200), as fast as the server
 * reads them. Memory must grow with the points and with nothing else.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createFileWriter } from "../summary/index.ts";
import { megabytes, report } from "./tools/report.ts";
import { memory, startTsboard } from "./tools/servers.ts";

const flushes = Number(process.argv[2] ?? 43_200);
const RUNS = 8;
const TAGS = ["loss", "accuracy", "learning_rate", "grad/norm", "time/step"];
const POINTS_A_FLUSH = 4;
const HOURS = 24;
const BYTES_A_POINT = 16;

const logdir = mkdtempSync(path.join(tmpdir(), "tsboard-bench-"));
const writers = Array.from({ length: RUNS }, (_, i) =>
  createFileWriter(path.join(logdir, `run${i}`), { flushMillis: Number.POSITIVE_INFINITY }),
);
const server = await startTsboard(logdir);

/** Reads the stream of news as a page does. */
async function listen(signal: AbortSignal): Promise<void> {
  const response = await fetch(new URL("api/v1/events", server.url), { signal });
  for await (const _ of response.body ?? []);
}

async function pointsRead(): Promise<number> {
  const status = await (await fetch(new URL("api/v1/status", server.url))).json();
  return (status as { loading: { points: number } }).loading.points;
}

const page = new AbortController();
const listening = listen(page.signal).catch(() => {});
const rows: string[][] = [];
const samples: { points: number; resident: number }[] = [];
let step = 0;
let written = 0;
try {
  for (let hour = 1; hour <= HOURS; hour++) {
    for (let flush = 0; flush < flushes / HOURS; flush++) {
      for (let i = 0; i < POINTS_A_FLUSH; i++, step++)
        for (const [r, writer] of writers.entries())
          for (const tag of TAGS) writer.scalar(tag, Math.sin(step / 1000 + r), { step });
      for (const writer of writers) writer.flushSync();
      written += RUNS * TAGS.length * POINTS_A_FLUSH;
      // The server must have seen each flush for itself, not an hour of them at once.
      if (flush % 20 === 0) while ((await pointsRead()) < written) await new Promise((r) => setTimeout(r, 1));
    }
    while ((await pointsRead()) < written) await new Promise((resolve) => setTimeout(resolve, 5));
    const resident = memory(server)?.resident ?? Number.NaN;
    samples.push({ points: written, resident });
    if (hour % 4 === 0 || hour === 1)
      rows.push([`${hour}`, written.toLocaleString("en"), megabytes(resident)]);
  }
  const [early, late] = [samples[Math.floor(HOURS / 4)]!, samples.at(-1)!];
  const growth = (late.resident - early.resident) / (late.points - early.points);
  report("memory", {
    title: "A day of training",
    how: `${RUNS} runs of ${TAGS.length} tags, ${flushes.toLocaleString("en")} flushes each, with a page listening.`,
    header: ["hour", "points", "resident"],
    rows,
    notes: [
      `growth after hour ${HOURS / 4 + 1}: ${growth.toFixed(1)} bytes a point; bar ${BYTES_A_POINT}: ${growth <= BYTES_A_POINT ? "held" : "MISSED"}`,
    ],
  });
} finally {
  page.abort();
  await listening;
  for (const writer of writers) await writer.close();
  await server.stop();
  rmSync(logdir, { recursive: true, force: true });
}
