/** Who else is to reach the projector: a finger on a phone, assistive technology, a browser without WebGL. */
import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "vitest";
import { WITH_WEBGL } from "../../scripts/chromium.ts";
import { describeInBrowser } from "../tools/chromium.ts";
import { looks } from "../tools/looks.ts";
import { makeLogs } from "./projector-logs.ts";
import { servedPage } from "./served-page.ts";

const WORDS = "projector?p_run=train&p_tensor=words&p_dims=2";
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true };

describeInBrowser("the projector in other hands", () => {
  const served = servedPage(makeLogs, WITH_WEBGL);

  test.each(looks)(
    "axe finds nothing wrong, $colorScheme, $width px wide",
    { timeout: 90_000 },
    async ({ colorScheme, width }) => {
      const narrow = width < 720;
      const page = await served.open("projector", {
        colorScheme,
        viewport: { width, height: 844 },
        hasTouch: narrow,
        reducedMotion: "reduce",
      });
      const wrong = async () =>
        (await new AxeBuilder({ page }).analyze()).violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`,
        );
      await page.getByRole("button", { name: /^words/ }).waitFor();
      expect(await wrong()).toEqual([]);
      await page.goto(`${served.server.url}#${WORDS}&p_sel=7`);
      await page.locator('.pj-points[data-view="pca"]').waitFor();
      expect(await wrong()).toEqual([]);
      for (const side of narrow ? ["Set up", "Explore"] : []) {
        await page.getByText(side, { exact: true }).tap();
        expect([side, await wrong()]).toEqual([side, []]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      }
    },
  );

  test("a finger selects, turns and reads, 390 pixels wide", async () => {
    const page = await served.open(`${WORDS}&p_step=20`, PHONE);
    await page.locator('.pj-points[data-view="pca"]').waitFor();
    await page.getByText("Explore", { exact: true }).tap();
    await page.getByLabel("Search points").fill("word42");
    await page.getByRole("list", { name: "Points found" }).getByText("word42").tap();
    await page.getByRole("list", { name: "Nearest points" }).waitFor();
    await page.getByText("Picture", { exact: true }).tap();
    expect(await page.locator(".pj-points").isVisible()).toBe(true);
  });

  test("nothing of the picture lies over the panels, 390 pixels wide", async () => {
    const page = await served.open(`${WORDS}&p_step=20`, PHONE);
    await page.locator('.pj-points[data-view="pca"]').waitFor();
    // Names are drawn, which is when the canvas above the points shows itself.
    await page.locator('.pj-overlay[data-labels]:not([data-labels="0"])').waitFor();
    const parts = page.locator(".pj-middle canvas, .pj-middle button");
    const seen = () =>
      parts.evaluateAll(
        (all) => all.filter((part) => part.checkVisibility({ visibilityProperty: true })).length,
      );
    expect(await seen()).toBe(await parts.count());
    for (const side of ["Set up", "Explore"]) {
      await page.getByText(side, { exact: true }).tap();
      expect([side, await seen()]).toEqual([side, 0]);
      await page.getByText("Picture", { exact: true }).tap();
      expect(await seen()).toBe(await parts.count());
    }
  });
});

describeInBrowser("without WebGL", () => {
  const served = servedPage(makeLogs, ["--disable-3d-apis"]);

  test("says so, and lists the points", async () => {
    const page = await served.open("projector?p_run=train&p_tensor=words");
    await page.getByText("This browser draws no WebGL2").waitFor();
    await page.getByRole("list", { name: "All points" }).getByText("word3", { exact: true }).click();
    expect(await page.locator('table[aria-label="What is known of the point"]').innerText()).toMatch(/word3/);
  });
});
