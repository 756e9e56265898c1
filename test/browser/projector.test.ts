/** The projector under a person's hands, in a real browser that draws WebGL in software. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { WITH_WEBGL } from "../../scripts/chromium.ts";
import { type RunningServer, startServer } from "../../server/index.ts";
import { createFileWriter } from "../../summary/index.ts";
import { describeInBrowser, launch, openPage } from "../tools/chromium.ts";
import { temporaryDirectory, writeFile } from "../tools/records.ts";
import { DIMS, isOurs, makeLogs, POINTS } from "./projector-logs.ts";

describeInBrowser("the projector", () => {
  let browser: Browser;
  let logdir: string;
  let server: RunningServer;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    browser = await launch(WITH_WEBGL);
    logdir = mkdtempSync(path.join(tmpdir(), "tsboard-test-"));
    server = await startServer({ logdir: await makeLogs(logdir), port: 0, threads: 0 });
    await server.loaded;
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    rmSync(logdir, { recursive: true, force: true });
  });
  beforeEach(async () => {
    ({ page, complaints } = await openPage(browser, { acceptDownloads: true, reducedMotion: "reduce" }));
    onTestFinished(() => page.context().close());
  });

  const WORDS = "#projector?p_run=train&p_tensor=words&p_dims=2";
  /** A view of the projector is on the screen. */
  const drawn = (view: string) => page.locator(`.pj-points[data-view="${view}"]`).first().waitFor();
  const open = async (hash: string) => {
    await page.goto(`${server.url}${hash}`);
    await drawn("pca");
  };
  const explore = (name: string) =>
    page.getByRole("region", { name: "Explore" }).getByText(name, { exact: true });
  const text = (selector: string) => page.locator(selector).first().innerText();

  test("lists what there is, and opens what is chosen", async () => {
    await page.goto(`${server.url}#projector`);
    const words = page.getByRole("button", { name: /^words/ });
    expect(await words.innerText()).toMatch(/240 × 8.*3 steps.*metadata/s);
    await words.click();
    await drawn("pca");
    expect(new URL(page.url()).hash).toMatch(/p_run=train&p_tensor=words/);
    expect(await text(".pj-setup")).toMatch(/240 points of 8 dimensions/);
    expect(await page.getByRole("list", { name: "Legend" }).innerText()).toMatch(/red\s*80/);
    expect(complaints.filter(isOurs)).toEqual([]);
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
    expect(complaints.filter(isOurs)).toEqual([]);
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
    expect(complaints.filter(isOurs)).toEqual([]);
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
    await open("#projector?p_run=train&p_tensor=pictures");
    await page.getByText("Images", { exact: true }).waitFor();
    expect(await page.locator(".pj-notice").count()).toBe(0);
    expect(complaints.filter(isOurs)).toEqual([]);
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

  describe("files from this machine", () => {
    const give = async (name: string, content: string | Buffer) => {
      await page.goto(`${server.url}#projector`);
      const input = page.getByLabel("Files of vectors or metadata");
      await input.setInputFiles({ name, mimeType: "text/plain", buffer: Buffer.from(content) });
    };

    test("columns are recognised, may be chosen otherwise, and bad lines are named", async () => {
      await give(
        "mine.csv",
        "word,age,d0,d1,d2\na,1,1,2,3\nb,2,4,5\nc,3,7,8,oops\nd,4,1,1,2\ne,5,3,1,2\nf,6,0,1,9\n",
      );
      const dialog = page.getByRole("dialog");
      expect(await dialog.innerText()).toMatch(/CSV, 5 columns\. Vectors of 3 dimensions\./);
      await dialog.getByLabel("Use of age").selectOption("none");
      await dialog.getByRole("button", { name: "Show" }).click();
      await drawn("pca");
      const problems = await page.getByRole("status", { name: "Problems" }).innerText();
      expect(problems).toMatch(/line 3 has 4 values, not 5/);
      expect(problems).toMatch(/line 4, d2: "oops" is no number/);
      expect(problems).toMatch(/2 points with NaN or infinities have no place: row 1, 2/);
      expect(await text(".pj-setup")).toMatch(/6 points of 3 dimensions/);
    });

    test("a table is added to the points that are open", async () => {
      await open(WORDS);
      const names = Array.from({ length: POINTS - 1 }, (_, row) => `name${row}\tgroup${row % 2}`);
      await page.getByLabel("Add a file…").setInputFiles({
        name: "names.tsv",
        mimeType: "text/plain",
        buffer: Buffer.from(`name\tgroup\n${names.join("\n")}\n`),
      });
      await page.getByLabel("Colour by").selectOption("group");
      expect(await page.getByRole("list", { name: "Legend" }).innerText()).toMatch(/group0\s*120/);
      expect(await page.getByRole("status", { name: "Problems" }).innerText()).toMatch(
        /names.tsv has 239 rows for 240 points: the last have none/,
      );
    });

    test.each([
      ["what is nothing of the kind", Buffer.from([0, 1, 2, 3]), /cannot be opened: it is none of TSV, CSV/],
      ["an empty one", "", /cannot be opened: the file is empty/],
    ])("%s is refused in words", async (_what, content, words) => {
      await give("odd.bin", content);
      expect(await page.getByRole("alert").innerText()).toMatch(words);
    });

    test.each([
      ["two points", "1\t2\t3\n4\t5\t6\n", /2 points are too few/],
      [
        "equal rows and constant columns",
        "1\t2\t3\n1\t2\t3\n1\t5\t6\n1\t4\t8\n",
        /1 equal to another, 1 dimension the same in all/,
      ],
      [
        "more dimensions than points",
        "1\t2\t3\t4\t5\n4\t5\t6\t1\t2\n3\t1\t4\t1\t5\n",
        /More dimensions than points/,
      ],
    ])("%s: said, and shown all the same", async (_what, content, words) => {
      await give("few.tsv", content);
      await page.getByRole("dialog").getByRole("button", { name: "Show" }).click();
      await drawn("pca");
      await expect.poll(() => text(".pj-setup")).toMatch(words);
    });
  });

  test("a config that points nowhere: said, and the others stay", async () => {
    const folder = temporaryDirectory();
    const writer = createFileWriter(path.join(folder, "a"));
    writer.scalar("loss", 1, { step: 0 });
    await writer.close();
    writeFile(folder, "a/t.tsv", Buffer.from("1\t2\n3\t4\n5\t7\n"));
    writeFile(
      folder,
      "a/projector_config.pbtxt",
      Buffer.from(
        'embeddings { tensor_name: "gone" tensor_path: "gone.tsv" }\nembeddings { tensor_name: "t" tensor_path: "t.tsv" metadata_path: "m.tsv" }\n',
      ),
    );
    const own = await startServer({ logdir: folder, port: 0, threads: 0 });
    onTestFinished(() => own.close());
    await own.loaded;
    await page.goto(`${own.url}#projector?p_run=a&p_tensor=gone`);
    expect(await page.getByRole("alert").innerText()).toMatch(/"gone.tsv", which ".*" names, is not there/);
    await page.getByLabel("Tensor").selectOption({ label: "a: t (3 × 2)" });
    await drawn("pca");
    expect(await page.getByRole("status", { name: "Problems" }).innerText()).toMatch(
      /The metadata cannot be shown: .*m\.tsv/,
    );
  });

  const looks = [
    { colorScheme: "light", width: 1280 },
    { colorScheme: "dark", width: 1280 },
    { colorScheme: "light", width: 390 },
    { colorScheme: "dark", width: 390 },
  ] as const;

  test.each(looks)(
    "axe finds nothing wrong, $colorScheme, $width px wide",
    { timeout: 90_000 },
    async ({ colorScheme, width }) => {
      const narrow = width < 720;
      const { page: own } = await openPage(browser, {
        colorScheme,
        viewport: { width, height: 844 },
        hasTouch: narrow,
        reducedMotion: "reduce",
      });
      onTestFinished(() => own.context().close());
      const wrong = async () =>
        (await new AxeBuilder({ page: own }).analyze()).violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`,
        );
      await own.goto(`${server.url}#projector`);
      await own.getByRole("button", { name: /^words/ }).waitFor();
      expect(await wrong()).toEqual([]);
      await own.goto(`${server.url}${WORDS}&p_sel=7`);
      await own.locator('.pj-points[data-view="pca"]').waitFor();
      expect(await wrong()).toEqual([]);
      for (const side of narrow ? ["Set up", "Explore"] : []) {
        await own.getByText(side, { exact: true }).tap();
        expect([side, await wrong()]).toEqual([side, []]);
        expect(await own.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      }
    },
  );

  test("a finger selects, turns and reads, 390 pixels wide", async () => {
    const { page: own } = await openPage(browser, { viewport: { width: 390, height: 844 }, hasTouch: true });
    onTestFinished(() => own.context().close());
    await own.goto(`${server.url}${WORDS}&p_step=20`);
    await own.locator('.pj-points[data-view="pca"]').waitFor();
    await own.getByText("Explore", { exact: true }).tap();
    await own.getByLabel("Search points").fill("word42");
    await own.getByRole("list", { name: "Points found" }).getByText("word42").tap();
    await own.getByRole("list", { name: "Nearest points" }).waitFor();
    await own.getByText("Picture", { exact: true }).tap();
    expect(await own.locator(".pj-points").isVisible()).toBe(true);
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
    expect(complaints.filter(isOurs)).toEqual([]);
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
    await page.getByRole("button", { name: "Run UMAP" }).click();
    await page.getByRole("button", { name: "Pause" }).click();
    await page.getByRole("button", { name: "Go on" }).click();
    await page.getByRole("button", { name: "Run again" }).waitFor();
    await drawn("umap");
    expect(await text(".pj-setup")).toMatch(/iterations by umap-js; exact neighbours/);
    await page.getByText("PCA", { exact: true }).click();
    await drawn("pca");
    // The one that was made is kept.
    await page.getByText("UMAP", { exact: true }).click();
    await drawn("umap");
    expect(complaints.filter(isOurs)).toEqual([]);
  });

  test("is turned, moved and left by keyboard", async () => {
    await open("#projector?p_run=train&p_tensor=words&p_dims=3");
    await page.waitForTimeout(300);
    const before = new URL(page.url()).hash;
    await page.locator(".pj-points").focus();
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("+");
    await expect.poll(() => new URL(page.url()).hash).not.toBe(before);
    expect(complaints.filter(isOurs)).toEqual([]);
  });
});

describeInBrowser("without WebGL", () => {
  test("says so, and lists the points", async () => {
    const browser = await launch(["--disable-3d-apis"]);
    const server = await startServer({ logdir: await makeLogs(temporaryDirectory()), port: 0, threads: 0 });
    onTestFinished(async () => {
      await browser.close();
      await server.close();
    });
    await server.loaded;
    const { page } = await openPage(browser);
    await page.goto(`${server.url}#projector?p_run=train&p_tensor=words`);
    await page.getByText("This browser draws no WebGL2").waitFor();
    await page.getByRole("list", { name: "All points" }).getByText("word3", { exact: true }).click();
    expect(await page.locator('table[aria-label="What is known of the point"]').innerText()).toMatch(/word3/);
  });
});
