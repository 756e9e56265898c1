/** Files from this machine in the projector's page: read, joined to the points that are open, refused in words. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { WITH_WEBGL } from "../../scripts/chromium.ts";
import { describeInBrowser } from "../tools/chromium.ts";
import { makeLogs, POINTS } from "./projector-logs.ts";
import { servedPage } from "./served-page.ts";

describeInBrowser("files from this machine", () => {
  const served = servedPage(makeLogs, WITH_WEBGL);
  const drawn = (page: Page) => page.locator('.pj-points[data-view="pca"]').waitFor();
  const setup = (page: Page) => page.locator(".pj-setup").innerText();

  async function give(name: string, content: string | Buffer): Promise<Page> {
    const page = await served.open("projector", { reducedMotion: "reduce" });
    const input = page.getByLabel("Files of vectors or metadata");
    await input.setInputFiles({ name, mimeType: "text/plain", buffer: Buffer.from(content) });
    return page;
  }

  test("columns are recognised, may be chosen otherwise, and bad lines are named", async () => {
    const page = await give(
      "mine.csv",
      "word,age,d0,d1,d2\na,1,1,2,3\nb,2,4,5\nc,3,7,8,oops\nd,4,1,1,2\ne,5,3,1,2\nf,6,0,1,9\n",
    );
    const dialog = page.getByRole("dialog");
    expect(await dialog.innerText()).toMatch(/CSV, 5 columns\. Vectors of 3 dimensions\./);
    await dialog.getByLabel("Use of age").selectOption("none");
    await dialog.getByRole("button", { name: "Show" }).click();
    await drawn(page);
    const problems = await page.getByRole("status", { name: "Problems" }).innerText();
    expect(problems).toMatch(/line 3 has 4 values, not 5/);
    expect(problems).toMatch(/line 4, d2: "oops" is no number/);
    expect(problems).toMatch(/2 points with NaN or infinities have no place: row 1, 2/);
    expect(await setup(page)).toMatch(/6 points of 3 dimensions/);
  });

  test("a table is added to the points that are open", async () => {
    const page = await served.open("projector?p_run=train&p_tensor=words", { reducedMotion: "reduce" });
    await drawn(page);
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
    const page = await give("odd.bin", content);
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
    const page = await give("few.tsv", content);
    await page.getByRole("dialog").getByRole("button", { name: "Show" }).click();
    await drawn(page);
    await expect.poll(() => setup(page)).toMatch(words);
  });
});
