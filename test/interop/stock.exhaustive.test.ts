/**
 * Every kind of summary in the hands of stock software: written by us and by TensorFlow from the same data, the two
 * are the same to TensorBoard (both of its loaders), to TensorFlow's own reader and to tbparse.
 * Needs a Python with tensorflow, tensorboard and tbparse: TSBOARD_PYTHON, else .venv/bin/python.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { decode as decodePng } from "fast-png";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { isInstalled, python, startTensorBoard } from "../../bench/tools/servers.ts";
import { interopTable } from "../../scripts/docs/interop-table.ts";
import { ask } from "../tools/stock-answers.ts";
import { LAST_TAG } from "./case.ts";
import { kinds } from "./kinds/index.ts";
import type { Answers } from "./routes.ts";
import { oracle, runsOf, writeBoth } from "./written.ts";

const has = (module: string) => python !== null && isInstalled(module);
const complete = has("tensorflow") && has("tensorboard") && has("tbparse");

test("docs/interop.md says what is compared here", () => {
  const file = fileURLToPath(new URL("../../docs/interop.md", import.meta.url));
  expect(readFileSync(file, "utf8"), "run `npm run docs`").toBe(interopTable(kinds));
});

describe.skipIf(!complete)("the same data, written by us and by TensorFlow", () => {
  const directory = complete ? mkdtempSync(path.join(os.tmpdir(), "tsboard-interop-")) : "";
  const ours = path.join(directory, "ours");
  const theirs = path.join(directory, "theirs");

  beforeAll(() => writeBoth(kinds, ours, theirs), 120_000);
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  test("EventFileLoader, summary_iterator and tbparse read the same", { timeout: 120_000 }, () => {
    const readings: Readings = JSON.parse(oracle("read.py", [ours, theirs]));
    for (const run of runsOf(kinds))
      for (const reader of ["EventFileLoader", "summary_iterator", "tbparse"]) {
        const [found, expected] = [ours, theirs].map((root) => decoded(readings[root]?.[run]?.[reader]));
        expect.soft(found, `${reader} on ${run}`).toEqual(expected);
        expect(expected, `${reader} on ${run}`).toBeDefined();
      }
  });

  describe.each(["true", "false"])("tensorboard --load_fast=%s", (fast) => {
    const servers: Awaited<ReturnType<typeof startLoaded>>[] = [];
    beforeAll(async () => {
      for (const logdir of [ours, theirs]) servers.push(await startLoaded(logdir, fast));
    }, 120_000);
    afterAll(() => Promise.all(servers.map((server) => server.stop())));
    const both = <T>(question: (server: string) => Promise<T>) =>
      Promise.all(servers.map(({ url }) => question(url)));

    test("answers the same: runs and dashboards", async () => {
      const [found, expected] = await both(async (server) => {
        const [runs, dashboards] = await Promise.all(
          ["data/runs", "data/plugins_listing"].map(async (url) => String((await ask(server, { url })).body)),
        );
        // Runs stand in the order of their first events' times.
        return { runs: JSON.parse(runs ?? "").sort(), dashboards: JSON.parse(dashboards ?? "") };
      });
      expect(found).toEqual(expected);
      expect(found?.runs).toEqual(runsOf(kinds).sort());
    });

    test("answers the same: every kind on every route", { timeout: 60_000 }, async () => {
      for (const { name, routes } of kinds)
        for (const route of routes) {
          const [found, expected] = await both((server) => route.answers(server, name));
          expect.soft(found, `${name}: ${route.path}`).toEqual(expected);
          expect(answered(expected ?? {}), `${name}: ${route.path}`).not.toEqual([]);
        }
    });
  });
});

/** What readers made of runs: by directory, run and reader. */
type Readings = Record<string, Record<string, Record<string, unknown>>>;

/** Which requests were answered with something: two that both say nothing would be equal too. */
function answered(answers: Answers): string[] {
  return Object.entries(answers).flatMap(([request, answer]) => {
    if (typeof answer !== "object" || answer === null) return [];
    const says = "status" in answer ? answer.status === 200 : Object.keys(answer).length > 0;
    return says ? [request] : [];
  });
}

/** PNGs as their pixels, since encoders differ. */
function decoded(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decoded);
  if (typeof value !== "object" || value === null) return value;
  if ("base64" in value && typeof value.base64 === "string" && value.base64.startsWith("iVBORw0KGgo")) {
    const { width, height, channels, data } = decodePng(Buffer.from(value.base64, "base64"));
    return { width, height, channels, data: Array.from(data) };
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, decoded(item)]));
}

/** A server that has read all runs to their ends. */
async function startLoaded(logdir: string, fast: string) {
  const server = await startTensorBoard(logdir, `--load_fast=${fast}`, "--reload_interval=1");
  if (server === null) throw new Error("tensorboard is not installed");
  const expected = runsOf(kinds).sort();
  const read = async () => {
    const { body } = await ask(server.url, { url: "data/plugin/scalars/tags" });
    const tags: Record<string, object> = JSON.parse(body.toString());
    return Object.keys(tags)
      .filter((run) => LAST_TAG in (tags[run] ?? {}))
      .sort();
  };
  try {
    await vi.waitFor(async () => expect(await read()).toEqual(expected), { timeout: 60_000, interval: 200 });
    return server;
  } catch (error) {
    await server.stop();
    throw error;
  }
}
