/** The projector under a person's hands, in a real browser that draws WebGL in software. */
import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { WITH_WEBGL } from "../../scripts/chromium.ts";
import { describeInBrowser } from "../tools/chromium.ts";
import { DIMS, makeLogs, POINTS } from "./projector-logs.ts";
import { servedPage } from "./served-page.ts";

describeInBrowser("the projector", () => {
  const served = servedPage(makeLogs, WITH_WEBGL);
  let page: Page;

  const WORDS = "projector?p_run=train&p_tensor=words&p_dims=2";
  const openAt = async (hash: string) => {
    page = await served.open(hash, { acceptDownloads: true, reducedMotion: "reduce" });
  };
  /** A view of the projector is on the screen. */
  const drawn = (view: string) => page.locator(`.pj-points[data-view="${view}"]`).first().waitFor();
  const open = async (hash: string) => {
    await openAt(hash);
    await drawn("pca");
  };
  const explore = (name: string) =>
    page.getByRole("region", { name: "Explore" }).getByText(name, { exact: true });
  const text = (selector: string) => page.locator(selector).first().innerText();

  test("lists what there is, and opens what is chosen", async () => {
    await openAt("projector");
    const words = page.getByRole("button", { name: /^words/ });
    expect(await words.innerText()).toMatch(/240 × 8.*3 steps.*metadata/s);
    await words.click();
    await drawn("pca");
    expect(new URL(page.url()).hash).toMatch(/p_run=train&p_tensor=words/);
    expect(await text(".pj-setup")).toMatch(/240 points of 8 dimensions/);
    expect(await page.getByRole("list", { name: "Legend" }).innerText()).toMatch(/red\s*80/);
  });

  test("searches all columns, by text, expression and range", async () => {
    await open(WORDS);
    const search = page.getByLabel("Search points");
    const found = async (given: string) => {
      await search.fill(given);
      return page.locator(".pj-found .pj-part").first().innerText();
    };
    expect(await found("word12")).toMatch(/11 points/);
    expect(await found("< 0.25")).toMatch(/3 points/);
    await page.getByText(".*", { exact: true }).click();
    expect(await found("^word(1|2)$")).toMatch(/2 points/);
    expect(await found("(")).toMatch(/Not a regular expression/);
    await search.fill("^word(1|2)$");
    await page.getByRole("button", { name: "Select", exact: true }).click();
    await explore("2 points").nth(1).waitFor();
    await page.waitForTimeout(250);
    expect(new URL(page.url()).hash).toContain("p_sel=1,2");
  });

  test("selects with box and lasso, isolates, hides and goes back", async () => {
    await open(`${WORDS}&p_step=20`);
    const box = (await page.locator(".pj-points").boundingBox())!;
    const drag = async (...spots: (readonly [number, number])[]) => {
      const [first, ...others] = spots.map(
        ([x, y]) => [box.x + x * box.width, box.y + y * box.height] as const,
      );
      await page.mouse.move(...first!);
      await page.mouse.down();
      for (const spot of others) await page.mouse.move(...spot, { steps: 4 });
      await page.mouse.up();
    };
    const selected = async () =>
      Number(/([\d,]+) point/.exec(await text(".pj-found .pj-part:nth-of-type(2) .pj-row b"))?.[1]);
    await page.getByText("Box", { exact: true }).click();
    // From below: the tools lie along the top.
    await drag([0.01, 0.99], [0.99, 0.01]);
    expect(await selected()).toBe(POINTS);
    await drag([0.01, 0.99], [0.5, 0.01]);
    const left = await selected();
    expect(left).toBeGreaterThan(20);
    expect(left).toBeLessThan(POINTS);
    await page.getByText("Lasso", { exact: true }).click();
    await page.getByText("Add", { exact: true }).first().click();
    await drag([0.45, 0.99], [0.45, 0.01], [0.99, 0.01], [0.99, 0.99]);
    expect(await selected()).toBe(POINTS);
    await page.getByText("Subtract", { exact: true }).click();
    await drag([0.01, 0.99], [0.01, 0.01], [0.5, 0.01], [0.5, 0.99]);
    expect(await selected()).toBe(POINTS - left);
    await page.getByRole("button", { name: "Hide" }).click();
    await explore(`${left} of ${POINTS} shown`).waitFor();
    await page.getByRole("button", { name: "Back" }).click();
    await page.getByRole("button", { name: "Back" }).waitFor({ state: "detached" });
  });

  test("a click takes the point that it hits, and shows its neighbours with distances", async () => {
    await open(WORDS);
    const search = page.getByLabel("Search points");
    await search.fill("word42");
    await page.getByRole("list", { name: "Points found" }).getByText("word42").click();
    await page.getByRole("list", { name: "Nearest points" }).waitFor();
    const nearest = page.getByRole("list", { name: "Nearest points" }).getByRole("button");
    const distances = (await nearest.locator("small").allInnerTexts()).map(Number);
    expect(distances.length).toBeGreaterThan(9);
    expect([...distances].sort((a, b) => a - b)).toEqual(distances);
    expect(await text('table[aria-label="What is known of the point"]')).toMatch(/word42/);
    expect(await page.locator(".pj-vector").getAttribute("aria-label")).toMatch(/Vector of 8 values/);
  });

  test("goes through the training step by step", async () => {
    await open(WORDS);
    await expect.poll(() => text(".pj-steps")).toMatch(/Step 20/);
    await page.getByRole("slider", { name: /^Step/ }).fill("0");
    await expect.poll(() => text(".pj-steps")).toMatch(/Step 0/);
    await drawn("pca");
    await page.getByRole("slider", { name: /^Step/ }).fill("1");
    await expect.poll(() => new URL(page.url()).hash).toMatch(/p_step=10/);
  });

  test("the legend switches kinds off and selects them", async () => {
    await open(WORDS);
    await page
      .getByRole("button", { name: "Select all of green" })
      .or(page.getByTitle("Select all of green"))
      .first()
      .click();
    await explore("80 points").first().waitFor();
    await page.getByRole("button", { name: "Show green" }).click();
    expect(await page.getByRole("button", { name: "Show green" }).getAttribute("aria-pressed")).toBe("false");
  });

  test("draws sprites whose images are not square", async () => {
    await open("projector?p_run=train&p_tensor=pictures");
    await page.getByText("Images", { exact: true }).waitFor();
    expect(await page.locator(".pj-notice").count()).toBe(0);
  });

  test("saves names and places, vectors and pictures", async () => {
    await open(`${WORDS}&p_sel=3,4`);
    const saved = async (format: string) => {
      await page.getByRole("button", { name: "Save the selection" }).click();
      const download = page.waitForEvent("download");
      await page.getByRole("menuitem", { name: new RegExp(`^${format}`) }).click();
      return readFileSync(await (await download).path());
    };
    const csv = (await saved("CSV")).toString().split("\r\n");
    expect(csv[0]).toBe("row,word,kind,size,pca_x,pca_y");
    expect(csv.slice(1, 3).map((line) => line.split(",").slice(0, 4).join())).toEqual([
      "3,word3,red,0.3",
      "4,word4,green,0.4",
    ]);
    expect((await saved("NPY")).toString("latin1")).toMatch(/'shape': \(2, 8\)/);
    expect((await saved("SVG")).toString()).toMatch(/<circle[\s\S]*word3/);
    expect((await saved("PNG")).subarray(1, 4).toString()).toBe("PNG");
  });

  test("bookmarks come back: view, selection and what is shown", async () => {
    await open(`${WORDS}&p_sel=3,4`);
    await page.getByRole("button", { name: "Isolate" }).click();
    await page.getByLabel("Name of the view").fill("two");
    await page.getByRole("button", { name: "Save view" }).click();
    await page.getByRole("button", { name: "Show all", exact: true }).click();
    await page.getByRole("button", { name: "Clear", exact: true }).click();
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download" }).click();
    const states = JSON.parse(readFileSync(await (await download).path(), "utf8"));
    expect(states).toHaveLength(1);
    expect(states[0]).toMatchObject({
      label: "two",
      selectedProjection: "pca",
      dataSetDimensions: [POINTS, DIMS],
      // Among those that are shown.
      selectedPoints: [0, 1],
      filteredPoints: [3, 4],
      pcaComponentDimensions: [0, 1],
    });
    expect(Object.keys(states[0].projections[0])).toEqual(["pca-0", "pca-1"]);
    await page.getByRole("button", { name: /^two/ }).click();
    await explore(`2 of ${POINTS} shown`).waitFor();
    await explore("2 points").first().waitFor();
  });

  test("two steps side by side are selected together, and share neighbours", async () => {
    await open(WORDS);
    await page.getByText("Compare", { exact: true }).click();
    await page.getByLabel("Beside it").selectOption({ label: "train: words, step 0" });
    const other = page.getByRole("region", { name: /^Beside/ });
    await other.locator('.pj-points[data-view="pca"]').waitFor();
    await page.getByRole("button", { name: "Neighbours in common" }).click();
    await expect.poll(() => text(".pj-setup")).toMatch(/Of 15 nearest points\s+\d+ % are the same in both/);
    expect(await page.getByLabel("Colour by").inputValue()).toBe("~overlap");
    await page.getByLabel("Beside it").selectOption("");
    await other.waitFor({ state: "detached" });
  });

  test("measures how far to believe the picture, and follows a point over the training", async () => {
    await open(`${WORDS}&p_sel=7`);
    await page.getByRole("button", { name: "How far to believe it?" }).click();
    const trust = page.locator('[data-figure="trustworthiness"]');
    await trust.waitFor();
    expect(Number(await trust.innerText())).toBeGreaterThan(0.5);
    await page.getByRole("button", { name: "Colour by it" }).click();
    await page.getByRole("img", { name: /^Scale from/ }).waitFor();
    await page.getByRole("button", { name: "Follow its neighbours" }).click();
    const rows = page.getByRole("table", { name: "Neighbours over the training" }).getByRole("row");
    await expect.poll(() => rows.count()).toBe(4);
    expect(await rows.nth(2).innerText()).toMatch(/of 10/);
  });

  test("UMAP gives every point a place, and can be paused, gone on with and stopped", async () => {
    await open(WORDS);
    await page.getByText("UMAP", { exact: true }).click();
    // On a busy machine it may be done before a click from outside comes: the page itself presses the button.
    const paused = page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          const observer = new MutationObserver(() => {
            const pause = [...document.querySelectorAll("button")].find(
              ({ textContent }) => textContent === "Pause",
            );
            if (!pause) return;
            observer.disconnect();
            pause.click();
            resolve();
          });
          observer.observe(document.body, { subtree: true, childList: true, characterData: true });
        }),
    );
    await page.getByRole("button", { name: "Run UMAP" }).click();
    await paused;
    await page.getByRole("button", { name: "Go on" }).click();
    await page.getByRole("button", { name: "Run again" }).waitFor();
    await drawn("umap");
    expect(await text(".pj-setup")).toMatch(/iterations by umap-js; exact neighbours/);
    await page.getByText("PCA", { exact: true }).click();
    await drawn("pca");
    // The one that was made is kept.
    await page.getByText("UMAP", { exact: true }).click();
    await drawn("umap");
  });

  test("is turned, moved and left by keyboard", async () => {
    await open("projector?p_run=train&p_tensor=words&p_dims=3");
    await page.waitForTimeout(300);
    const before = new URL(page.url()).hash;
    await page.locator(".pj-points").focus();
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("+");
    await expect.poll(() => new URL(page.url()).hash).not.toBe(before);
  });
});
