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
    reporters: ["default", "./scripts/closing-line-reporter.ts"],
  },
});
