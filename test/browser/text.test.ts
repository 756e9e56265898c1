/** Texts in a real browser: rendered, raw, what changed, searched through all steps. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { startServer } from "../../server/index.ts";
import { createFileWriter } from "../../summary/index.ts";
import { describeInBrowser, launch, openPage } from "../tools/chromium.ts";
import { temporaryDirectory } from "../tools/records.ts";

const PATIENCE = { timeout: 20_000 };

describeInBrowser("texts", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  async function open(fragment: string, { huge = false } = {}): Promise<Page> {
    const logdir = temporaryDirectory();
    for (const run of ["a", "b"]) {
      const writer = createFileWriter(`${logdir}/${run}`);
      for (const step of [0, 10, 20])
        writer.text(
          "sample",
          `# Step ${step}\n\nThe loss of **${run}** is ${30 - step}<script>alert(1)</script>`,
          { step },
        );
      writer.text("long", "x".repeat(150_000), { step: 0 });
      writer.text("table", "| a | b |\n| - | - |\n| 1 | one |\n| 2 | two |", { step: 0 });
      if (huge && run === "a")
        for (const step of [0, 1])
          writer.text(
            "huge",
            Array.from({ length: 450_000 }, (_, line) => `line ${line} of step ${step}  `).join("\n"),
            { step },
          );
      await writer.close();
    }
    const server = await startServer({ logdir, port: 0, threads: 0 });
    onTestFinished(() => server.close());
    await server.loaded;
    const { page, complaints } = await openPage(browser);
    onTestFinished(() => expect(complaints).toEqual([]));
    await page.goto(`${server.url}#${fragment}`);
    return page;
  }

  test("the step's Markdown is rendered, and no script is in it", { timeout: 60_000 }, async () => {
    const page = await open("text?step=10");
    const text = page.locator('[data-tag="sample"][data-run="b"] .text-prose');
    await expect.poll(() => text.locator("h1").textContent(), PATIENCE).toBe("Step 10");
    expect(await text.locator("strong").textContent()).toBe("b");
    expect(await text.locator("script").count()).toBe(0);
    expect(await text.textContent()).toContain("<script>alert(1)</script>");
  });

  test("what changed since the step before, and what another run has", { timeout: 60_000 }, async () => {
    const page = await open("text?text_view=changes");
    const card = page.locator('[data-tag="sample"][data-run="a"]');
    await expect.poll(() => card.locator("ins").allTextContents(), PATIENCE).toContain("20");
    expect(await card.locator("del").allTextContents()).toContain("10");
    await card.locator("select").selectOption("b");
    await expect.poll(() => card.locator("del").allTextContents(), PATIENCE).toEqual(["b"]);
  });

  test("raw, two runs' texts stand as they were written", { timeout: 60_000 }, async () => {
    const page = await open("text?text_view=raw&step=10");
    for (const run of ["a", "b"]) {
      const text = page.locator(`[data-tag="sample"][data-run="${run}"] pre`);
      await expect
        .poll(() => text.textContent(), PATIENCE)
        .toBe(`# Step 10\n\nThe loss of **${run}** is 20<script>alert(1)</script>`);
    }
    expect(await page.locator('[data-tag="sample"] strong').count()).toBe(0);
  });

  test("a search goes through all steps", { timeout: 60_000 }, async () => {
    const page = await open("text?text_search=is%2030");
    const card = page.locator('[data-tag="sample"][data-run="a"]');
    await expect.poll(() => card.locator(".text-when").allTextContents(), PATIENCE).toHaveLength(1);
    expect(await card.locator(".text-when").textContent()).toMatch(/^step 0 /);
    await expect
      .poll(() => page.locator('[data-tag="long"][data-run="a"]').textContent(), PATIENCE)
      .toContain("No text matches is 30");
  });

  test("a long text is cut until it is asked for", { timeout: 60_000 }, async () => {
    const page = await open("text?text_view=raw");
    const card = page.locator('[data-tag="long"][data-run="a"]');
    await expect.poll(async () => (await card.locator("pre").textContent())?.length, PATIENCE).toBe(100_000);
    await card.getByRole("button", { name: "Show all 150,000 characters" }).click();
    expect((await card.locator("pre").textContent())?.length).toBe(150_000);
  });

  test("tables are tables", { timeout: 60_000 }, async () => {
    const page = await open("text");
    const cells = page.locator('[data-tag="table"][data-run="a"] .text-prose td');
    await expect.poll(() => cells.allTextContents(), PATIENCE).toEqual(["1", "one", "2", "two"]);
  });

  test("ten megabytes are cut, searched and compared, and the page goes on", {
    timeout: 120_000,
  }, async () => {
    const page = await open("text", { huge: true });
    const card = page.locator('[data-tag="huge"][data-run="a"]');
    await expect
      .poll(async () => (await card.locator("pre").textContent())?.slice(0, 16), { timeout: 60_000 })
      .toBe("line 0 of step 1");
    await card.getByRole("button", { name: /^Show all / }).waitFor();
    const other = page.locator('[data-tag="sample"][data-run="b"]');
    await other.scrollIntoViewIfNeeded();
    await expect.poll(() => other.locator(".text-prose h1").textContent(), PATIENCE).toBe("Step 20");
    await card.scrollIntoViewIfNeeded();
    await page.getByText("Raw", { exact: true }).click();
    await expect.poll(async () => (await card.locator("pre").textContent())?.length, PATIENCE).toBe(100_000);
    await card.getByRole("button", { name: /^Show all 10,/ }).waitFor();
    await page.getByText("Changes", { exact: true }).click();
    await card.getByText("Not compared with step 0: what changed is too long").waitFor(PATIENCE);
    await page.getByRole("textbox", { name: /^Search all texts/ }).fill("line 99999 of step 1");
    await expect.poll(() => card.locator(".text-when").allTextContents(), PATIENCE).toHaveLength(1);
  });
});
