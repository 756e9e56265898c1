/** Cards that ask for what is new at the same moments, and show it together. */
import { describe, expect, it, vi } from "vitest";
import { Together, Waves } from "../../ui/board/pace.ts";

describe("waves of questions", () => {
  it("begin at once after a pause, take all who wait, and come an interval apart", () => {
    let now = 1000;
    const waves = new Waves(
      () => 200,
      () => now,
    );
    expect([waves.wait(400), waves.wait(300)]).toEqual([0, 0]);
    // Whoever asked in this wave waits for the next, and whoever comes late does too.
    expect(waves.wait(1000)).toBe(200);
    now = 1050;
    expect([waves.wait(1000), waves.wait(300)]).toEqual([150, 150]);
    now = 1205;
    expect([waves.wait(1000), waves.wait(1001), waves.wait(300)]).toEqual([0, 0, 0]);
    expect(waves.wait(1205)).toBe(200);
  });

  it("are not for those who never asked", () => {
    const waves = new Waves(
      () => 1000,
      () => 5000,
    );
    expect(waves.wait(0)).toBe(0);
    expect(waves.wait(Number.NEGATIVE_INFINITY)).toBe(0);
    expect(waves.wait(5000)).toBe(1000);
  });
});

describe("changes of one wave", () => {
  const setup = () => {
    const made: string[][] = [];
    let current: string[] = [];
    const together = new Together((makeAll) => {
      current = [];
      makeAll();
      made.push(current);
    }, 40);
    const question = () => {
      let answer = (_text: string): void => {};
      const answered = together.ask(() => new Promise<string>((resolve) => (answer = resolve)));
      void answered.then((text) => together.change(() => current.push(text)));
      return (text: string) => {
        answer(text);
        return answered.then(() => {});
      };
    };
    return { made, question, together };
  };

  it("are made at once, when the last answer is there", async () => {
    const { made, question } = setup();
    const [first, second] = [question(), question()];
    await first("a");
    expect(made).toEqual([]);
    await second("b");
    expect(made).toEqual([["a", "b"]]);
    await question()("c");
    expect(made).toEqual([["a", "b"], ["c"]]);
  });

  it("do not wait for an answer that takes long, nor for one that fails", async () => {
    vi.useFakeTimers();
    try {
      const { made, question, together } = setup();
      question();
      await question()("a");
      expect(made).toEqual([]);
      vi.advanceTimersByTime(40);
      expect(made).toEqual([["a"]]);
      await expect(together.ask(() => Promise.reject(new Error("gone")))).rejects.toThrow("gone");
    } finally {
      vi.useRealTimers();
    }
  });
});
