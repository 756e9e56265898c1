/** Names of runs without room in the list: those that differ in the end only still look different. */
import { expect, test } from "vitest";
import { describeInBrowser } from "../tools/chromium.ts";
import { eventFile, scalarEvent, writeFile } from "../tools/records.ts";
import { servedPage } from "./served-page.ts";

/** As long as names get; as long as one may be that a narrow list cuts. */
const NAMES = ["resnet50-batch256-cosine".repeat(8).padEnd(198, "-"), "run-0000"].flatMap((start) => [
  `${start}-1`,
  `${start}-2`,
]);

describeInBrowser("long names of runs", () => {
  const served = servedPage(async (logdir) => {
    for (const run of NAMES)
      writeFile(logdir, `${run}/events.out.tfevents.1`, eventFile(scalarEvent("loss", 1, 1)));
  });

  test.each([
    ["a wide page", 1280, 260],
    ["a phone", 390, 260],
    ["the narrowest list", 1280, 160],
  ])("differ by their ends on %s, and are whole for screen readers", async (_where, width, listWidth) => {
    const page = await served.open("", { viewport: { width, height: 700 } });
    await page.evaluate((wanted) => localStorage.setItem("tsboard.sidebar_width", wanted), String(listWidth));
    await page.reload();
    if (width < 720) await page.getByRole("button", { name: "Runs" }).click();
    const pictures = new Set<string>();
    for (const name of NAMES) {
      const row = page.getByRole("treeitem", { name, exact: true });
      expect(await row.getAttribute("title")).toBe(name);
      const picture = await row.locator(".run-row-name").screenshot({ animations: "disabled" });
      pictures.add(picture.toString("base64"));
    }
    expect(pictures.size).toBe(NAMES.length);
  });
});
