/** Names what was skipped, and ends a test run with one line: `N passed, N failed, N skipped`. */
import type { Reporter, TestModule } from "vitest/node";

export default class ClosingLineReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const counts = { passed: 0, failed: 0, skipped: 0 };
    const skipped: string[] = [];
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        counts[state === "pending" ? "failed" : state]++;
        if (state === "skipped") skipped.push(test.fullName);
      }
      // A file that could not be loaded, or whose hooks threw, has no test that says so.
      if (module.state() === "failed" && ![...module.children.allTests("failed")].length) counts.failed++;
    }
    // The default reporter prints its summary in the same turn; this line comes last.
    setTimeout(() => {
      for (const name of skipped) console.log(`SKIPPED ${name}`);
      if (process.env.TSBOARD_EXHAUSTIVE !== "1")
        console.log("left out: *.exhaustive.test.ts, which TSBOARD_EXHAUSTIVE=1 runs, as .ci/run does");
      const { passed, failed, skipped: left } = counts;
      console.log(`${passed} passed, ${failed + errors.length} failed, ${left} skipped`);
    }, 0);
  }
}
