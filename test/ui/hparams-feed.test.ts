/** What the hyperparameters' page asks the server for while trainings go on. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Last } from "../../client/last-table.ts";
import type { HParamsJson } from "../../server/api/types.ts";
import { HParamsFeed } from "../../ui/dashboards/hparams/hparams-feed.ts";

const column = { display_name: "", description: "" };
const metric = (last: number) => ({ last, step: 1, min: last, max: last });
const table: HParamsJson = {
  hparams: [{ name: "rate", ...column }],
  metrics: [
    { tag: "loss", group: "", ...column },
    { tag: "loss", group: "validation", ...column },
  ],
  sessions: ["a", "b"].map((run) => ({
    run,
    trial: run,
    status: "running" as const,
    start_time: null,
    end_time: null,
    values: [0.1],
    metrics: [metric(1), metric(2)],
  })),
};
const last = (run: string, value: number): Last => {
  const point = { step: 7, wallTime: 0, value };
  return {
    tag: "loss",
    run,
    points: 7,
    first: point,
    last: point,
    min: { ...point, value: 0.25 },
    max: null,
  };
};

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function makeFeed(values: readonly Last[] = [], takes = 0, draws = 0) {
  const asked: string[] = [];
  const feed = new HParamsFeed({
    async fetchTable() {
      asked.push("table");
      if (takes > 0) await new Promise((resolve) => setTimeout(resolve, takes));
      return table;
    },
    async fetchLast({ tags, runs }) {
      asked.push(`${tags} of ${runs}`);
      return values;
    },
    describeError: String,
    onChange() {},
    drawn: () => new Promise((resolve) => setTimeout(resolve, draws)),
    now: () => Date.now(),
  });
  return { feed, asked };
}

test("news of a metric asks for that metric's values, and puts them into the table", async () => {
  const { feed, asked } = makeFeed([last("b/validation", 0.5), last("a", 0.75), last("stranger", 9)]);
  await vi.advanceTimersByTimeAsync(1100);
  const before = feed.data!;
  feed.wantValues("loss", ["b/validation", "a", "stranger"]);
  feed.wantValues("other", ["a"]);
  await vi.advanceTimersByTimeAsync(0);
  expect(asked).toEqual(["table", "loss of b/validation,a"]);
  expect(feed.data!.sessions.map(({ metrics }) => metrics.map((one) => one?.last))).toEqual([
    [0.75, 2],
    [1, 0.5],
  ]);
  expect(feed.data!.sessions[1]!.metrics[1]).toEqual({ last: 0.5, step: 7, min: 0.25, max: null });
  // What was given away before is as it was.
  expect(before.sessions[0]!.metrics[0]!.last).toBe(1);
  feed.dispose();
});

test.each([
  { draws: 0, least: 30, most: 60, what: "every little while" },
  { draws: 100, least: 5, most: 12, what: "the more rarely the longer drawing takes" },
])("news is asked for $what, and never by the whole table", async ({ draws, least, most }) => {
  const { feed, asked } = makeFeed([], 0, draws);
  await vi.advanceTimersByTimeAsync(1100);
  for (let i = 0; i < 300; i++) {
    feed.wantValues("loss", ["a"]);
    await vi.advanceTimersByTimeAsync(10);
  }
  expect(asked.filter((what) => what === "table")).toHaveLength(1);
  expect(asked.length).toBeGreaterThan(least);
  expect(asked.length).toBeLessThan(most);
  feed.dispose();
});

test("a value that comes alone is asked for at once", async () => {
  const { feed, asked } = makeFeed();
  await vi.advanceTimersByTimeAsync(1100);
  for (let i = 1; i < 5; i++) {
    feed.wantValues("loss", ["a"]);
    await vi.advanceTimersByTimeAsync(0);
    expect(asked).toHaveLength(1 + i);
    await vi.advanceTimersByTimeAsync(300);
  }
  feed.dispose();
});

test("a table that takes long is asked for rarely, though runs come all the time", async () => {
  const { feed, asked } = makeFeed([], 2000);
  for (let i = 0; i < 60; i++) {
    feed.wantTable();
    await vi.advanceTimersByTimeAsync(1000);
  }
  expect(asked.length).toBeGreaterThan(1);
  expect(asked.length).toBeLessThan(5);
  feed.dispose();
});
