/** Choices of projections in the projector's page: custom axes, t-SNE without end, UMAP's engine, a sample, sequences. */
import path from "node:path";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { WITH_WEBGL } from "../../scripts/chromium.ts";
import { createFileWriter } from "../../summary/index.ts";
import { describeInBrowser } from "../tools/chromium.ts";
import { makeLogs } from "./projector-logs.ts";
import { servedPage } from "./served-page.ts";

describeInBrowser("projections on the page", { timeout: 90_000 }, () => {
  const served = servedPage(async (logdir) => {
    await makeLogs(logdir);
    await makeSequences(path.join(logdir, "walks"));
    await makeLarge(path.join(logdir, "large"));
  }, WITH_WEBGL);

  async function open(hash: string, view = "pca"): Promise<Page> {
    const page = await served.open(`projector?${hash}`, { reducedMotion: "reduce" });
    await page.locator(`.pj-points[data-view="${view}"]`).waitFor();
    return page;
  }
  const WORDS = "p_run=train&p_tensor=words&p_dims=2";
  const axes = (page: Page) => page.locator(".pj-axis-names").innerText();
  const setup = (page: Page) => page.locator(".pj-setup").innerText();

  test("custom axes lead from searches or points to others, linear or by their angle, and are named", async () => {
    const page = await open(WORDS);
    expect(await axes(page)).toMatch(/X\s+component 1\s+Y\s+component 2/);
    await page.getByText("Custom", { exact: true }).click();
    await page.locator('.pj-points[data-view="custom"]').waitFor();
    expect(await axes(page)).toMatch(/X\s+all → all/);
    await page.getByLabel("Left", { exact: true }).fill("red");
    await page.getByLabel("Right", { exact: true }).fill("green");
    await page.getByLabel("Right", { exact: true }).press("Tab");
    await expect.poll(() => axes(page)).toMatch(/X\s+red → green\s+Y\s+all → all/);
    // Points as a pole: those that are selected.
    await page.getByLabel("Search points").fill("word42");
    await page.getByRole("list", { name: "Points found" }).getByText("word42").click();
    await page.getByRole("button", { name: "Up: the selected points" }).click();
    await expect.poll(() => axes(page)).toMatch(/Y\s+all → word42/);
    const chosen = () =>
      [...new URLSearchParams(new URL(page.url()).hash.split("?")[1])].map((pair) => pair.join("="));
    await expect.poll(chosen).toEqual(expect.arrayContaining(["p_left=red", "p_right=green", "p_up=#42"]));
    const picture = () => page.locator(".pj-picture").screenshot();
    const linear = await picture();
    await page.getByText("Angular", { exact: true }).click();
    await expect.poll(async () => (await picture()).equals(linear)).toBe(false);
    await page.getByLabel("Left", { exact: true }).fill("nobody");
    await page.getByLabel("Left", { exact: true }).press("Tab");
    expect(await page.getByRole("alert").innerText()).toMatch(/no point is called "nobody"/);
  });

  test("t-SNE runs until it is stopped, and goes on from there", async () => {
    const page = await open(`${WORDS}&p_endless=1&p_perplexity=10`);
    await page.getByText("t-SNE", { exact: true }).click();
    await page.getByRole("button", { name: "Run t-SNE" }).click();
    const iteration = async () =>
      Number(/([\d,]+) iterations/.exec(await setup(page))?.[1]?.replace(",", ""));
    await page.getByText(/iteration \d\d+/).waitFor();
    await page.getByRole("button", { name: "Stop here" }).click();
    await page.getByRole("button", { name: "Run again" }).waitFor();
    await expect.poll(() => setup(page)).toMatch(/iterations, then stopped by barnes-hut/);
    const stopped = await iteration();
    await page.getByRole("button", { name: "Go on" }).click();
    await page.getByRole("button", { name: "Stop here" }).click();
    await page.getByRole("button", { name: "Run again" }).waitFor();
    await expect.poll(iteration).toBeGreaterThan(stopped);
  });

  test("what is on the screen has its name where the chosen projection has not run", async () => {
    const page = await open(WORDS);
    const still = page.locator(".pj-shown");
    expect(await still.count()).toBe(0);
    await page.getByText("UMAP", { exact: true }).click();
    expect(await still.innerText()).toBe("Still PCA: UMAP has not run");
    expect(await setup(page)).toMatch(/The picture still shows PCA: UMAP has not run with these settings/);
    await page.getByRole("button", { name: "Run UMAP" }).click();
    await expect.poll(() => setup(page), { timeout: 20_000 }).toMatch(/iterations by umap-js/);
    expect(await still.count()).toBe(0);
    await page.getByText("t-SNE", { exact: true }).click();
    expect(await still.innerText()).toBe("Still UMAP: t-SNE has not run");
    expect(await setup(page)).not.toMatch(/iterations by/);
    await page.getByText("PCA", { exact: true }).click();
    await page.locator('.pj-points[data-view="pca"]').waitFor();
    expect(await still.count()).toBe(0);
  });

  test("UMAP's engine is the person's choice", async () => {
    const page = await open(WORDS);
    await page.getByText("UMAP", { exact: true }).click();
    await page.getByLabel("Engine").selectOption("typed-arrays");
    await page.getByRole("button", { name: "Run UMAP" }).click();
    await expect.poll(() => setup(page), { timeout: 20_000 }).toMatch(/iterations by typed-arrays/);
    expect(new URL(page.url()).hash).toMatch(/p_engine=typed-arrays/);
  });

  test("any component along an axis, with the variance that is in sight", async () => {
    const page = await open(WORDS);
    const share = async () => Number(/(\d+) % of the variance is in sight/.exec(await setup(page))?.[1]);
    const first = await share();
    await page.getByLabel("X", { exact: true }).selectOption({ index: 7 });
    await expect.poll(() => axes(page)).toMatch(/X\s+component 8\s+Y\s+component 2/);
    expect(await share()).toBeLessThan(first);
    expect(await setup(page)).toMatch(/Exact components of all points/);
    await expect.poll(() => new URL(page.url()).hash).toMatch(/p_pc=8/);
  });

  test("t-SNE is supervised, steered and shaken while it runs", async () => {
    const page = await open(`${WORDS}&p_endless=1&p_perplexity=10`);
    await page.getByText("t-SNE", { exact: true }).click();
    await page.getByLabel("Supervise by").selectOption("kind");
    await page.getByRole("button", { name: "Run t-SNE" }).click();
    await page.getByText(/iteration \d\d+/).waitFor();
    await page.getByLabel("Learning rate (0: by size)", { exact: true }).fill("200");
    await page.getByLabel("Strength", { exact: true }).fill("90");
    await page.getByRole("button", { name: "Perturb" }).click();
    await page.getByRole("button", { name: "Stop here" }).click();
    await expect.poll(() => setup(page)).toMatch(/iterations, then stopped by barnes-hut/);
    expect(new URL(page.url()).hash).toMatch(/p_supervise=90/);
  });

  test("what is not exact is said: components of very wide vectors, neighbours of many, trust of a share", async () => {
    const page = await open("p_run=large&p_tensor=wide");
    await expect
      .poll(() => setup(page))
      .toMatch(/Randomised components: exact ones would take too long here/);
    const many = await open("p_run=large&p_tensor=many&p_dims=2");
    await many.getByText("UMAP", { exact: true }).click();
    await many.getByRole("button", { name: "Run UMAP" }).click();
    await many.getByText(/Laying out [1-9]/).waitFor({ timeout: 60_000 });
    await many.getByRole("button", { name: "Stop here" }).click();
    await expect
      .poll(() => setup(many), { timeout: 60_000 })
      .toMatch(/approximate neighbours, recall (1\.000|0\.9[5-9]\d) measured on 400 points/);
    await many.getByRole("button", { name: "How far to believe it?" }).click();
    await expect.poll(() => setup(many), { timeout: 60_000 }).toMatch(/measured on 1,000 points/);
  });

  test("a sample has places, the rest is still searched, and all come back", async () => {
    const page = await open(`${WORDS}&p_sample=50`);
    await expect
      .poll(() => setup(page))
      .toMatch(/240 points of 8 dimensions, of which 50 are shown: a sample/);
    await page.getByLabel("Search points").fill("word12");
    expect(await page.locator(".pj-found .pj-part").first().innerText()).toMatch(/11 points/);
    await page.getByLabel("Rows", { exact: true }).selectOption("");
    await expect.poll(() => setup(page)).not.toMatch(/a sample/);
    await page.locator('.pj-points[data-view="pca"]').waitFor();
  });

  test("points in sequences are joined by lines, those that are hidden left out", async () => {
    const page = await open("p_run=walks&p_tensor=walks");
    const lines = () => page.locator(".pj-overlay").getAttribute("data-links");
    await expect.poll(lines).toBe("18");
    await page.getByRole("button", { name: "Show second" }).click();
    await expect.poll(lines).toBe("9");
  });
});

/** Vectors too wide for exact components, and too many for exact neighbours. */
async function makeLarge(folder: string): Promise<void> {
  const writer = createFileWriter(folder);
  writer.scalar("loss", 1, { step: 0 });
  for (const [name, rows, dims] of [
    ["wide", 1600, 1600],
    ["many", 11_500, 200],
  ] as const) {
    const vectors = Float32Array.from(
      { length: rows * dims },
      (_, i) => (i % 3) * Math.sin(i % dims) + ((Math.imul(i, 2654435761) >>> 8) & 4095) / 4096,
    );
    await writer.projector(name, vectors, { shape: [rows, dims] });
  }
  await writer.close();
}

/** Two walks of ten steps each. */
async function makeSequences(folder: string): Promise<void> {
  const writer = createFileWriter(folder);
  writer.scalar("loss", 1, { step: 0 });
  const places = Float32Array.from({ length: 60 }, (_, i) => Math.sin(i * i));
  const next = Array.from({ length: 20 }, (_, row) => (row % 10 === 9 ? "" : String(row + 1)));
  const walk = Array.from({ length: 20 }, (_, row) => (row < 10 ? "first" : "second"));
  await writer.projector("walks", places, { shape: [20, 3], metadata: { walk, __next__: next } });
  await writer.close();
}
