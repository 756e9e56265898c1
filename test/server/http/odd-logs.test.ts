/** The compatible face on logs unlike anybody's: every answer equals the one that stock TensorBoard gave. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningServer, startServer } from "../../../server/index.ts";
import { comparableAnswer } from "../../odd-logs/compare.ts";
import { answerTo, nameOf } from "../../odd-logs/requests/request.ts";
import { type Exchange, savedAnswers, unpackLogs } from "../../odd-logs/saved.ts";

const directory = mkdtempSync(path.join(tmpdir(), "odd-logs-"));
beforeAll(() => unpackLogs(directory));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const route = ({ request }: Exchange): string => request.url.split("?")[0] ?? "";

describe.each([...savedAnswers()])("%s", (folder, answers) => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await startServer({ logdir: path.join(directory, folder), port: 0, threads: 0 });
    await server.loaded;
  });
  afterAll(() => server.close());

  test.each([...new Set(answers.map(route))])("%s", async (path) => {
    for (const { request, answer } of answers.filter((asked) => route(asked) === path)) {
      // Texts of Python-Markdown's oddities, which CommonMark reads otherwise (docs/compatibility.md).
      if (request.url.startsWith("data/plugin/text/text?run=text%2Fmarkdown")) continue;
      const ours = comparableAnswer(request, await answerTo(server.url, request));
      expect.soft(ours, nameOf(request)).toEqual(comparableAnswer(request, answer));
    }
  });
});

test("nothing is missing from the saved answers", () => {
  const counts = [...savedAnswers()].map(([folder, answers]) => [folder, answers.length]);
  expect(Object.fromEntries(counts)).toMatchInlineSnapshot(`
    {
      "files": 377,
      "hparams-described": 502,
      "hparams-groups": 444,
      "hparams-in-the-root": 147,
      "hparams-inferred": 467,
      "hparams-nans": 212,
      "hparams-only-metrics": 94,
      "kinds": 1353,
      "layouts": 372,
      "torch": 269,
      "writers": 561,
    }
  `);
});
