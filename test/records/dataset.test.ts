/** Pipelines of elements: what they give, in which order, how far ahead they read, and that they clean up. */
import { setImmediate as turn } from "node:timers/promises";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Dataset, dataset } from "../../records/index.ts";

const range = (count: number) => Array.from({ length: count }, (_, i) => i);

/** Elements 0, 1, … and how many were asked for so far. */
function counted(count: number): { source: Dataset<number>; made: () => number; closed: () => number } {
  let made = 0;
  let closed = 0;
  const source = dataset(function* () {
    try {
      for (let i = 0; i < count; i++) {
        made++;
        yield i;
      }
    } finally {
      closed++;
    }
  });
  return { source, made: () => made, closed: () => closed };
}

test("a pipeline, as training uses it", async () => {
  const epochs = dataset(range(10))
    .shuffle(10, 1)
    .map((x) => x * 10)
    .batch(4)
    .prefetch(2)
    .repeat(2);
  const batches = await epochs.toArray();
  expect(batches.map((batch) => batch.length)).toEqual([4, 4, 2, 4, 4, 2]);
  expect(
    batches
      .slice(0, 3)
      .flat()
      .sort((a, b) => a - b),
  ).toEqual(range(10).map((x) => x * 10));
  expect(batches.slice(0, 3)).not.toEqual(batches.slice(3));
});

test("take, skip, batch and repeat give what lists would", async () => {
  const numbers = fc.array(fc.integer(), { maxLength: 20 });
  const [size, count] = [fc.integer({ min: 1, max: 7 }), fc.nat(25)];
  await fc.assert(
    fc.asyncProperty(numbers, size, count, async (list, length, n) => {
      const data = dataset(list);
      expect(await data.take(n).toArray()).toEqual(list.slice(0, n));
      expect(await data.skip(n).toArray()).toEqual(list.slice(n));
      const whole = range(Math.ceil(list.length / length)).map((i) =>
        list.slice(i * length, (i + 1) * length),
      );
      expect(await data.batch(length).toArray()).toEqual(whole);
      expect(await data.batch(length, true).toArray()).toEqual(
        whole.filter((batch) => batch.length === length),
      );
      expect(await data.repeat(n % 4).toArray()).toEqual(range(n % 4).flatMap(() => list));
      expect(await data.prefetch(length).toArray()).toEqual(list);
    }),
  );
});

describe("shuffle", () => {
  test("gives every element once, and none earlier than its buffer allows", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 30 }),
        fc.nat(60),
        fc.integer(),
        async (size, count, seed) => {
          const order = await dataset(range(count)).shuffle(size, seed).toArray();
          expect(order.toSorted((a, b) => a - b)).toEqual(range(count));
          for (const [place, element] of order.entries()) expect(element).toBeLessThan(place + size);
        },
      ),
    );
  });

  test("has a new order each time, the same for the same seed", async () => {
    const data = () => dataset(range(50)).shuffle(50, 7);
    const [one, two] = [data(), data()];
    const first = await one.toArray();
    const second = await one.toArray();
    expect(second).not.toEqual(first);
    expect([await two.toArray(), await two.toArray()]).toEqual([first, second]);
    const fixed = dataset(range(50)).shuffle(50, 7, false);
    expect(await fixed.toArray()).toEqual(await fixed.toArray());
  });

  test("is even: each element comes first about as often", async () => {
    const data = dataset(range(5)).shuffle(5, 1);
    const firsts = [0, 0, 0, 0, 0];
    for (let i = 0; i < 2000; i++) firsts[(await data.take(1).toArray())[0]!]!++;
    for (const count of firsts) expect(Math.abs(count - 400)).toBeLessThan(100);
  });

  test("reads no more than its buffer and what was taken", async () => {
    const { source, made } = counted(100);
    for await (const element of source.shuffle(10).take(5)) expect(element).toBeLessThan(15);
    expect(made()).toBe(15);
  });
});

describe("nothing is read before it is wanted", () => {
  test("but for what is fetched ahead", async () => {
    const { source, made } = counted(100);
    const iterator = source.prefetch(3)[Symbol.asyncIterator]();
    expect(made()).toBe(0);
    expect(await iterator.next()).toEqual({ done: false, value: 0 });
    await turn();
    expect(made()).toBe(4);
    await iterator.return?.();
  });

  test("and what is fetched ahead is made while the taker works", async () => {
    const events: string[] = [];
    const slow = dataset([1, 2, 3]).map(async (x) => {
      events.push(`make ${x}`);
      await turn();
      return x;
    });
    for await (const x of slow.prefetch(1)) {
      events.push(`take ${x}`);
      for (let i = 0; i < 5; i++) await turn();
      events.push(`taken ${x}`);
    }
    expect(events).toEqual([
      "make 1",
      "take 1",
      "make 2",
      "taken 1",
      "take 2",
      "make 3",
      "taken 2",
      "take 3",
      "taken 3",
    ]);
  });
});

describe("whoever stops early", () => {
  const steps: [string, (data: Dataset<number>) => AsyncIterable<unknown>][] = [
    ["map", (data) => data.map((x) => x)],
    ["shuffle", (data) => data.shuffle(3)],
    ["batch", (data) => data.batch(2)],
    ["prefetch", (data) => data.prefetch(3)],
    ["repeat", (data) => data.repeat()],
    ["take", (data) => data.take(50)],
    ["skip", (data) => data.skip(1)],
  ];
  test.each(steps)("%s closes what it reads", async (_, step) => {
    const { source, closed } = counted(100);
    for await (const element of step(source)) {
      expect(element).toBeDefined();
      break;
    }
    expect(closed()).toBe(1);
  });
});

describe("errors", () => {
  test("reach the taker at their element, also when it was fetched ahead", async () => {
    const broken = dataset(range(5)).map((x) => {
      if (x === 2) throw new Error("no 2");
      return x;
    });
    for (const data of [broken, broken.prefetch(4), broken.prefetch(1).batch(1)]) {
      const seen: unknown[] = [];
      const taking = (async () => {
        for await (const element of data) seen.push(element);
      })();
      await expect(taking).rejects.toThrow("no 2");
      expect(seen).toHaveLength(2);
    }
  });

  test("that nobody takes any more are no matter", async () => {
    const broken = dataset(range(5)).map((x) => {
      if (x === 1) throw new Error("no 1");
      return x;
    });
    expect(await broken.prefetch(4).take(1).toArray()).toEqual([0]);
    await turn();
  });

  test("of what can be read only once say how to read it again", async () => {
    const once = dataset(range(3).values());
    expect(await once.toArray()).toEqual([0, 1, 2]);
    await expect(once.toArray()).rejects.toThrow(/only once: give dataset\(\) a function/);
  });

  test("of sizes that are none", () => {
    expect(() => dataset([1]).batch(0)).toThrow("a batch takes an integer of 1 or more, not 0");
    expect(() => dataset([1]).shuffle(1.5)).toThrow(
      "a shuffle buffer takes an integer of 1 or more, not 1.5",
    );
    expect(() => dataset([1]).take(-1)).toThrow("a take takes an integer of 0 or more, not -1");
  });
});

test("an empty dataset ends, however often it is repeated", async () => {
  expect(await dataset([]).repeat().toArray()).toEqual([]);
});
