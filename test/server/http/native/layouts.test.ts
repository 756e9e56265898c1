/** Layouts and meshes over the native API, beside what the compatible face says of the same logs. */
import path from "node:path";
import { connect } from "tsboard/client";
import { expect, onTestFinished, test } from "vitest";
import { pb, readRecords } from "../../../../proto/index.ts";
import { startServer } from "../../../../server/index.ts";
import { createFileWriter } from "../../../../summary/index.ts";
import { serveWhileTesting } from "../../../tools/native-api.ts";
import { eventFile, temporaryDirectory, writeFile } from "../../../tools/records.ts";
import { corpusLogs } from "../../../tools/stock-answers.ts";

const api = serveWhileTesting(() => corpusLogs);
const compatible = async (route: string) =>
  (await fetch(new URL(`data/plugin/${route}`, api.url))).json() as Promise<never>;

test("layouts are those of the compatible face", async () => {
  const { merged, layouts } = await connect(api.url).layouts();
  const { category } = (await compatible("custom_scalars/layout")) as { category: unknown };
  expect(merged?.category).toEqual(category);
  expect(layouts.length).toBeGreaterThan(0);
});

test("meshes are those of the compatible face, joined by what their parts say", async () => {
  const { meshes } = await connect(api.url).meshes();
  const tags = (await compatible("mesh/tags")) as Record<string, Record<string, { samples: number }>>;
  const stock = Object.entries(tags).flatMap(([run, of]) =>
    Object.entries(of).map(([name, { samples }]) => ({ run, name, samples })),
  );
  expect(meshes.map(({ run, name, samples }) => ({ run, name, samples }))).toEqual(
    expect.arrayContaining(stock),
  );
  expect(meshes).toHaveLength(stock.length);
  const parts = meshes.map(({ name, vertices, faces, colors }) => [name, vertices, faces, colors]);
  expect(parts.every(([, vertices]) => vertices !== null)).toBe(true);
});

test("what a third run adds is shown, and bytes that are no layout are named", async () => {
  const logdir = temporaryDirectory();
  for (const [run, title] of [
    ["a", "one"],
    ["b", "two"],
    ["c", "two"],
  ] as const) {
    const writer = createFileWriter(path.join(logdir, run));
    writer.customScalars([{ title, charts: [{ title: `of ${run}`, tags: [run] }] }]);
    await writer.close();
  }
  const bad = {
    wallTime: 1,
    step: 0,
    summary: {
      value: [
        {
          tag: "custom_scalars__config__",
          metadata: { pluginData: { pluginName: "custom_scalars" } },
          tensor: { dtype: pb.DataType.DT_STRING, stringVal: [Uint8Array.of(255, 255, 255)] },
        },
      ],
    },
  };
  writeFile(logdir, "d/events.out.tfevents.1.x", eventFile(bad));
  const server = await startServer({ logdir, port: 0, threads: 0, indexCache: null });
  onTestFinished(() => server.close());
  await server.loaded;
  const { merged, layouts } = await connect(server.url).layouts();
  expect(merged?.category.map(({ title, chart }) => [title, chart.map((one) => one.title)])).toEqual([
    ["one", ["of a"]],
    ["two", ["of b", "of c"]],
  ]);
  expect(layouts.find(({ run }) => run === "d")).toEqual({ run: "d", layout: null });
});

test("a layout becomes an event file that is read as that layout", async () => {
  const layout = {
    category: [
      {
        title: "losses",
        closed: true,
        chart: [
          { title: "all", multiline: { tag: ["loss/.*", "(?i)acc"] } },
          { title: "seeds", margin: { series: [{ value: "v", lower: "l", upper: "u" }] } },
          { title: "nothing" },
        ],
      },
    ],
  };
  const bytes = new Uint8Array(await (await connect(api.url).layoutFile(layout)).arrayBuffer());
  expect([...readRecords(bytes)].length).toBe(2);
  const logdir = temporaryDirectory();
  writeFile(logdir, "run/events.out.tfevents.1.x", bytes);
  const server = await startServer({ logdir, port: 0, threads: 0, indexCache: null });
  onTestFinished(() => server.close());
  await server.loaded;
  expect((await connect(server.url).layouts()).merged).toEqual(layout);
});

test.each([
  [[], "not an object"],
  [{ category: {} }, "category is not a list"],
  [{ category: [{ title: 3 }] }, "category[0].title is not a text"],
  [
    { category: [{ chart: [{ multiline: { tag: [1] } }] }] },
    "category[0].chart[0].multiline.tag[0] is not a text",
  ],
  [{ category: [{ chart: [{ multiline: {}, margin: {} }] }] }, '"multiline" or "margin", not both'],
  [{ category: [], charts: [] }, 'has "charts"'],
])("%j is refused in words", async (layout, words) => {
  const answer = await api.post("layouts/file", layout);
  expect(answer.status).toBe(400);
  expect(await answer.text()).toContain(words);
});
