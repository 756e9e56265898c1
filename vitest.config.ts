import { configDefaults, defineConfig } from "vitest/config";

// Tests run on the sources: the `tsboard-source` condition makes `import … from "tsboard"` resolve to them.
const conditions = ["tsboard-source"];
// `.ci/run` runs them all; what repeats others more thoroughly, and takes its time, is left out elsewhere.
const exhaustive = process.env.TSBOARD_EXHAUSTIVE === "1";

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    include: ["test/**/*.test.ts"],
    exclude: [...configDefaults.exclude, ...(exhaustive ? [] : ["**/*.exhaustive.test.ts"])],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // A second, the default, is not enough for a page on a busy machine.
    expect: { poll: { timeout: 15_000 } },
    // Most tests wait for a browser, a server or a Python half of their time.
    maxWorkers: "100%",
    reporters: ["default", "./scripts/closing-line-reporter.ts"],
  },
});
