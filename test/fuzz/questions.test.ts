/** Some of the random questions of `questions.ts`, from fixed seeds; all of them with `npm run fuzz`. */
import { expect, test } from "vitest";
import { fuzzQuestions } from "./questions.ts";

const QUESTIONS = process.env.TSBOARD_EXHAUSTIVE ? 5000 : 1000;

test.each([1, 2])(
  `${QUESTIONS} questions of seed %d: no failure of ours, no answer over its bound, memory back`,
  { timeout: 600_000 },
  async (seed) => {
    const { statuses, routes } = await fuzzQuestions(QUESTIONS, seed);
    expect(routes).toBeGreaterThan(50);
    expect(statuses.get(200) ?? 0).toBeGreaterThan(QUESTIONS / 5);
    expect([...statuses.values()].reduce((a, b) => a + b)).toBe(QUESTIONS);
  },
);
