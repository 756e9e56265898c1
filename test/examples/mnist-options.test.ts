import { describe, expect, test } from "vitest";
import { standardRuns } from "../../examples/mnist/configuration.ts";
import { helpText, parseOptions } from "../../examples/mnist/options.ts";

const names = (...args: string[]): string[] => parseOptions(args).runs.map(({ name }) => name);

describe("runs", () => {
  test("by default all five optimisations, and one run without each", () => {
    expect(names()).toEqual([
      "all-five",
      "without-relu",
      "without-hidden-layer",
      "without-decay",
      "without-l2",
      "without-moving-averages",
    ]);
  });

  test("a standard run leaves out what it says and nothing else", () => {
    expect(standardRuns[0]).toEqual({
      name: "all-five",
      relu: true,
      hiddenLayer: true,
      decay: true,
      l2: true,
      movingAverages: true,
    });
    expect(standardRuns.find(({ name }) => name === "without-hidden-layer")).toEqual({
      ...standardRuns[0],
      name: "without-hidden-layer",
      hiddenLayer: false,
    });
  });

  test("--runs takes some of them, with spaces as good as hyphens", () => {
    expect(names("--runs", "all-five, without relu,all-five")).toEqual(["all-five", "without-relu"]);
  });

  test.each([
    [["--no-relu"], "without-relu"],
    [["--no-relu", "--no-l2"], "without-relu-and-l2"],
    [["--no-relu", "--no-l2", "--no-decay"], "only-hidden-layer-and-moving-averages"],
    [["--only", "l2"], "only-l2"],
    [["--only", "relu,hidden-layer,decay,l2"], "without-moving-averages"],
    [["--only", "none"], "plain"],
  ])("%j is one run, %s", (args, name) => {
    expect(names(...args)).toEqual([name]);
  });
});

test("the default log directory is a new one each second", () => {
  const { logdir } = parseOptions([], new Date(2025, 0, 31, 14, 5, 9));
  expect(logdir).toMatch(/logs.mnist.20250131-140509$/);
});

test("what is given is taken", () => {
  const options = parseOptions(
    "--logdir x --steps 30 --batch 50 --seed 7 --port 0 --backend cpu --no-server".split(" "),
  );
  expect(options).toMatchObject({
    logdir: "x",
    steps: 30,
    batch: 50,
    seed: 7,
    port: 0,
    backend: "cpu",
    server: false,
    exit: true,
  });
});

test.each([
  [["--steps", "0"], '--steps takes a whole number of at least 1, not "0"'],
  [["--batch", "8001"], '--batch takes a whole number from 1 to 8000, not "8001"'],
  [["--port", "http"], '--port takes a whole number from 0 to 65535, not "http"'],
  [["--runs", "best"], 'no run "best"; there are all-five'],
  [["--only", "dropout"], 'no optimisation "dropout"; there are relu'],
  [["--backend", "tpu"], 'no back end "tpu"; there are gpu, node, wasm, cpu'],
  [["--no-relu", "--runs", "all-five"], "give one of the three"],
  [["--epochs", "3"], "--epochs"],
])("%j is refused in words", (args, words) => {
  expect(() => parseOptions(args)).toThrow(words);
});

test("the help names every flag", () => {
  for (const flag of ["logdir", "runs", "only", "steps", "batch", "seed", "backend", "port", "exit"]) {
    expect(helpText).toContain(`--${flag}`);
  }
  for (const flag of ["relu", "hidden-layer", "decay", "l2", "moving-averages", "server"]) {
    expect(helpText).toContain(`--no-${flag}`);
  }
});
