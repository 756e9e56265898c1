/**
 * A walk through the projector by somebody who has never seen the data: the odd cluster is found, what sets it apart is
 * read, and its points are saved, in under eight clicks. `TSBOARD_WALK_PICTURES=FOLDER` keeps a picture of every step.
 */
import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { WITH_WEBGL } from "../../scripts/chromium.ts";
import { writeAnimals } from "../../scripts/projector-walk-logs.ts";
import { describeInBrowser } from "../tools/chromium.ts";
import { servedPage } from "./served-page.ts";

describeInBrowser("a walk through the projector", () => {
  const served = servedPage(writeAnimals, WITH_WEBGL);

  test("from the list of tensors to the saved odd ones in under eight clicks", async () => {
    const page = await served.open("", {
      acceptDownloads: true,
      viewport: { width: 1280, height: 860 },
    });
    const folder = process.env.TSBOARD_WALK_PICTURES;
    if (folder) mkdirSync(folder, { recursive: true });
    let clicks = 0;
    const step = async (name: string, click: () => Promise<void>) => {
      clicks++;
      await click();
      await page.waitForTimeout(900);
      if (folder) await page.screenshot({ path: path.join(folder, `${clicks}-${name}.png`) });
    };

    await page.getByRole("link", { name: "Projector" }).waitFor();
    await step("projector", () => page.getByRole("link", { name: "Projector" }).click());
    await page.locator('.pj-points[data-view="pca"]').waitFor();
    await step("clusters", async () => {
      await page.getByRole("button", { name: "Find clusters" }).click();
      await page.getByRole("list", { name: "Clusters" }).waitFor();
    });
    const clusters = page.getByRole("list", { name: "Clusters" }).getByRole("button");
    const names = await clusters.allInnerTexts();
    // They stand in the picture, too.
    const labels = async () => Number(await page.locator(".pj-overlay").getAttribute("data-labels"));
    await expect.poll(labels).toBeGreaterThanOrEqual(names.length);
    const odd = names.findIndex((name) => name.includes("cam-7"));
    expect(names.join()).toMatch(/cam-7/);
    await step("odd", () => clusters.nth(odd).click());
    const traits = page.getByRole("list", { name: "What sets them apart" }).first();
    await traits.waitFor();
    expect(await traits.innerText()).toMatch(/camera is cam-7 in 100 %, of the others in 0 %/);
    await step("menu", () => page.getByRole("button", { name: "Save the selection" }).click());
    const download = page.waitForEvent("download");
    await step("saved", () => page.getByRole("menuitem", { name: /^CSV/ }).click());
    const lines = readFileSync(await (await download).path(), "utf8")
      .trim()
      .split("\r\n");
    expect(lines).toHaveLength(41);
    expect(lines.slice(1).every((line) => line.includes("cam-7"))).toBe(true);
    expect(clicks).toBeLessThan(8);
  });
});
