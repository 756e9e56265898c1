import { expect, test } from "vitest";
import { createProgress, formatResults } from "../../examples/mnist/progress.ts";

test("results are a table, the best first", () => {
  const results = [
    { run: "without-relu", steps: 2000, train: 0.957, validation: 0.913, test: 0.894 },
    { run: "all-five", steps: 2000, train: 1, validation: 0.935, test: 0.929 },
  ];
  expect(`\n${formatResults(results)}`).toBe(`
run           steps    train  validation    test
------------  -----  -------  ----------  ------
all-five       2000  100.0 %      93.5 %  92.9 %
without-relu   2000   95.7 %      91.3 %  89.4 %`);
});

test("without a terminal there is a line for each tenth of the way", () => {
  const lines: string[] = [];
  const progress = createProgress(["all-five", "plain"], 20, {
    isTTY: false,
    write: (text: string) => lines.push(text) > 0,
  });
  for (let step = 1; step <= 20; step++)
    progress.update({ run: "plain", step, loss: 2 / step, accuracy: 0.5 });
  progress.stop();
  expect(lines).toHaveLength(10);
  expect(lines[0]).toBe("plain      2/20  loss 1.000  accuracy 0.500\n");
});
