/** The compatible face on real writers' files: every answer equals stock TensorBoard's. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningServer, startServer } from "../../../server/index.ts";
import { ask, comparable, corpusLogs, savedAnswers } from "../../tools/stock-answers.ts";

let server: RunningServer;

beforeAll(async () => {
  server = await startServer({ logdir: corpusLogs, port: 0, threads: 0 });
  await server.loaded;
});
afterAll(() => server.close());

const answers = savedAnswers();
const byUrl = new Map(answers.map(([request, answer]) => [request.url, answer]));
/** Requests that name a blob by stock's own key. */
const isBlob = (url: string) => /individualImage|individualAudio|imageData/.test(url);
const plain = answers.filter(([{ url }]) => !isBlob(url));

test("the saved answers are all there", () => expect(answers).toHaveLength(407));

describe.each([...new Set(plain.map(([{ url }]) => url.split("?")[0]!))])("%s", (route) => {
  test.each(plain.filter(([{ url }]) => url.split("?")[0] === route))(
    "$url $body",
    async (request, saved) => {
      const ours = await ask(server.url, request);
      expect(comparable(request, ours)).toEqual(comparable(request, saved));
    },
  );
});

describe.each([
  ["data/plugin/images/images", "data/plugin/images/individualImage"],
  ["data/plugin/audio/audio", "data/plugin/audio/individualAudio"],
])("blobs of %s", (list, single) => {
  test.each(answers.filter(([{ url }]) => url.startsWith(`${list}?`)))("$url", async (request, saved) => {
    const ours: { query: string }[] = JSON.parse((await ask(server.url, request)).body.toString());
    const stock: { query: string }[] = JSON.parse(saved.body.toString());
    let compared = 0;
    for (const [i, { query }] of stock.entries()) {
      const expected = byUrl.get(`${single}?${query}`);
      if (!expected) continue; // only some blobs of a series were saved
      const answer = await ask(server.url, { url: `${single}?${ours[i]!.query}` });
      expect({ ...answer, body: answer.body.equals(expected.body) }).toEqual({ ...expected, body: true });
      compared++;
    }
    expect(compared).toBeGreaterThan(0);
  });
});
