/** Tensors by key: the most wanted first, a few requests at a time, and none for what is not wanted any more. */
import { describe, expect, it, vi } from "vitest";
import type { RunRecords } from "../../client/records-table.ts";
import { TensorLoader, type WantedTensor } from "../../ui/board/tensor-loader.ts";

const wanted = (run: string, steps: number[]): WantedTensor[] =>
  steps.map((step) => ({ run, step, key: `${run}${step}` }));

function records(run: string, steps: number[]): RunRecords {
  return {
    run,
    plugin: "text",
    dataClass: "tensor",
    pluginContent: new Uint8Array(),
    total: steps.length,
    inRange: steps.length,
    step: Float64Array.from(steps),
    exactStep: null,
    wallTime: Float64Array.from(steps),
    bytes: Int32Array.from(steps, () => 1),
    blobs: Int32Array.from(steps, () => 0),
    keys: steps.map((step) => `${run}${step}`),
    tensors: steps.map((step) => ({ dtype: "string", shape: [], data: [`text ${step}`] })),
  };
}

function setup() {
  const requests: {
    tag: string | undefined;
    runs: readonly string[];
    from: number;
    to: number;
    signal: AbortSignal;
    give(answer: RunRecords[]): void;
    fail(): void;
  }[] = [];
  const loader = new TensorLoader({
    fetch: (query, signal) =>
      new Promise((resolve, reject) => {
        requests.push({ ...query, signal, give: resolve, fail: () => reject(new Error("gone")) });
      }),
    describeError: String,
    onChange: () => {},
  });
  return { loader, requests, settle: () => new Promise((resolve) => setTimeout(resolve, 2)) };
}

describe("tensors that cards want", () => {
  it("come a run at a time, the newest first, and once", async () => {
    const { loader, requests, settle } = setup();
    const steps = Array.from({ length: 60 }, (_, i) => 59 - i);
    loader.want([...wanted("a", steps), ...wanted("b", [3, 2])]);
    expect(requests.map(({ runs, from, to }) => [runs[0], from, to])).toEqual([
      ["a", 36, 59],
      ["a", 12, 35],
    ]);
    requests[0]!.give([records("a", steps.slice(0, 24).reverse())]);
    await settle();
    expect(loader.tensors.get("a59")?.data).toEqual(["text 59"]);
    expect(requests.at(-1)).toMatchObject({ runs: ["a"], from: 0, to: 11 });
    requests[1]!.give([records("a", steps.slice(24, 48))]);
    await settle();
    expect(requests.at(-1)).toMatchObject({ runs: ["b"], from: 2, to: 3 });
    expect(requests).toHaveLength(4);
  });

  it("are given up when they are not wanted any more", async () => {
    const { loader, requests, settle } = setup();
    loader.want(wanted("a", [5]));
    loader.want(wanted("b", [5]));
    expect(requests[0]!.signal.aborted).toBe(true);
    requests[0]!.give([records("a", [5])]);
    await settle();
    expect(loader.tensors.has("a5")).toBe(false);
    loader.dispose();
    expect(requests[1]!.signal.aborted).toBe(true);
  });

  it("are null where the answer does not have them, and asked for again after an error", async () => {
    vi.useFakeTimers();
    try {
      const { loader, requests } = setup();
      loader.want(wanted("a", [2, 1]));
      requests[0]!.fail();
      await vi.advanceTimersByTimeAsync(10);
      expect(loader.error).toBe("Error: gone");
      await vi.advanceTimersByTimeAsync(5000);
      requests[1]!.give([records("a", [1])]);
      await vi.advanceTimersByTimeAsync(10);
      expect(loader.error).toBeNull();
      expect([loader.tensors.get("a2"), loader.tensors.get("a1")?.data]).toEqual([null, ["text 1"]]);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe("large tensors", () => {
  const large = (steps: number[], bytes: number): WantedTensor[] =>
    wanted("a", steps).map((item) => ({ ...item, bytes, tag: "mesh_VERTEX" }));

  it("are asked for by so many bytes at a time, by their own tag", () => {
    const { loader, requests } = setup();
    loader.want(large([3, 2, 1], 3e6));
    expect(requests.map(({ tag, from, to }) => [tag, from, to])).toEqual([
      ["mesh_VERTEX", 3, 3],
      ["mesh_VERTEX", 2, 2],
    ]);
  });

  it("that have no room in one answer come alone", async () => {
    const requests: [number, number][] = [];
    const loader = new TensorLoader({
      fetch: ({ from, to }) => {
        requests.push([from, to]);
        return from < to || from === 2
          ? Promise.reject(new Error("too large"))
          : Promise.resolve([records("a", [from])]);
      },
      describeError: (error) => String(error),
      isFinal: () => true,
      onChange: () => {},
    });
    loader.want(wanted("a", [3, 2, 1]));
    await vi.waitFor(() => expect(loader.tensors.size).toBe(3));
    expect(requests).toEqual([
      [1, 3],
      [3, 3],
      [2, 2],
      [1, 1],
    ]);
    expect([3, 2, 1].map((step) => loader.tensors.get(`a${step}`)?.data)).toEqual([
      ["text 3"],
      undefined,
      ["text 1"],
    ]);
  });

  it("that the server will never give count as unreadable", async () => {
    const requests: number[] = [];
    const loader = new TensorLoader({
      fetch: ({ from }) => {
        requests.push(from);
        return Promise.reject(new Error("too large"));
      },
      describeError: (error) => String(error),
      isFinal: () => true,
      onChange: () => {},
    });
    loader.want(large([1], 1));
    await vi.waitFor(() => expect(loader.tensors.get("a1")).toBeNull());
    expect(requests).toEqual([1]);
    expect(loader.error).toContain("too large");
  });
});
