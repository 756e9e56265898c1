/**
 * Logs unlike anybody's, made anew, in the hands of stock TensorBoard and of our server at the same time: their answers
 * are equal. Every third question is asked: stock takes minutes for all of them, which are held against its saved answers
 * (test/server/http/odd-logs.test.ts). Needs a Python with tensorflow, tensorboard and tensorboardX.
 */
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, test } from "vitest";
import { isInstalled, python } from "../../bench/tools/servers.ts";
import { startServer } from "../../server/index.ts";
import { comparableAnswer } from "../odd-logs/compare.ts";
import { answerTo, nameOf } from "../odd-logs/requests/request.ts";
import { savedAnswers } from "../odd-logs/saved.ts";
import { askStock, makeLogs, startStock } from "../odd-logs/stock.ts";
import { ask } from "../tools/stock-answers.ts";

const modules = ["tensorflow", "tensorboard", "tensorboardX"];

const EVERY = 3;

describe.skipIf(python === null || !modules.every(isInstalled))("logs that were just made", () => {
  const directory = mkdtempSync(path.join(os.tmpdir(), "tsboard-odd-logs-"));
  beforeAll(() => {
    makeLogs(directory);
  }, 120_000);
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  // At once: stock answers most requests after waiting for itself.
  test.concurrent.for([...savedAnswers().keys()])(
    "%s is answered as stock answers",
    { timeout: 600_000 },
    async (folder, { expect }) => {
      const logdir = path.join(directory, folder);
      const ours = await startServer({ logdir, port: 0 });
      await ours.loaded;
      const runs: unknown[] = JSON.parse((await ask(ours.url, { url: "data/runs" })).body.toString());
      const stock = await startStock(logdir, runs.length);
      try {
        let compared = 0;
        for await (const { request, answer } of askStock(stock.url, EVERY)) {
          // Oddities of Python-Markdown, which CommonMark reads otherwise: docs/compatibility.md.
          if (request.url.startsWith("data/plugin/text/text?run=text%2Fmarkdown")) continue;
          const found = comparableAnswer(request, await answerTo(ours.url, request));
          expect.soft(found, nameOf(request)).toEqual(comparableAnswer(request, answer));
          compared++;
        }
        expect(compared).toBeGreaterThan(50 / EVERY);
      } finally {
        await stock.stop();
        await ours.close();
      }
    },
  );
});
