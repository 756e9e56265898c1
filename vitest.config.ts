import { defineConfig } from "vitest/config";

// Tests run on the sources: the `tsboard-source` condition makes `import … from "tsboard"` resolve to them.
const conditions = ["tsboard-source"];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Most tests wait for a browser, a server or a Python half of their time.
    maxWorkers: "100%",
    reporters: ["default", "./scripts/closing-line-reporter.ts"],
  },
});
