/** How the page behaves around its cards: keyboard, wheel, tables, phones, paper, settings, empty pages. */

import { readFileSync, symlinkSync, unlinkSync } from "node:fs";
import path from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { startServer } from "../../server/index.ts";
import { describeInBrowser, launch, openPage } from "../tools/chromium.ts";
import { eventFile, scalarEvent, temporaryDirectory, versionEvent, writeFile } from "../tools/records.ts";

/** Runs with so many tags of a few points each. */
function makeLogs(runs: readonly string[], tags: readonly string[], step = (i: number) => i): string {
  const logdir = temporaryDirectory();
  for (const [r, run] of runs.entries()) {
    const events = Array.from({ length: 30 }, (_, i) =>
      tags.map((tag) => scalarEvent(tag, step(i), 100 * Math.exp(-i) + r, 1.7e9 + i)),
    ).flat();
    writeFile(logdir, `${run}/events.out.tfevents.1`, eventFile(versionEvent, ...events));
  }
  return logdir;
}
const numbered = (count: number) => Array.from({ length: count }, (_, i) => `tag${i + 1}`);

describeInBrowser("the page", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  type Options = NonNullable<Parameters<typeof openPage>[1]>;
  async function open(logdir: string, fragment = "", options: Options = {}) {
    const server = await startServer({ logdir, port: 0, threads: 0 });
    onTestFinished(() => server.close());
    await server.loaded;
    const opened = await openPage(browser, options);
    onTestFinished(() => opened.page.context().close());
    await opened.page.goto(server.url + fragment);
    await opened.page.locator('html[data-ready="true"]').waitFor();
    return { ...opened, server };
  }
  const drawn = (page: Page, tag: string) =>
    page.locator(`[data-tag="${tag}"] canvas.chart-lines[data-points]`).waitFor();
  const table = (page: Page) => page.getByRole("region", { name: "Values at the crosshair" });
  const scrolled = (page: Page) => page.locator("main").evaluate((main) => main.scrollTop);

  test("Tab reaches every card and all its buttons, each of them in sight", { timeout: 90_000 }, async () => {
    const { page } = await open(makeLogs(["a"], numbered(24)));
    await drawn(page, "tag1");
    await page.locator(".group h2 button").focus();
    const reached = new Set<string>();
    const covered: string[] = [];
    // Four stops a card, and one at the card itself where Tab is faster than the cards are built.
    for (let i = 0; i < 24 * 5; i++) {
      await page.keyboard.press("Tab");
      const at = await page.evaluate(() => {
        const element = document.activeElement!;
        if (!element.closest(".card")) return null;
        const box = element.getBoundingClientRect();
        const top = document.elementFromPoint(
          box.left + box.width / 2,
          box.top + Math.min(box.height, 20) / 2,
        );
        return {
          card: element.closest(".card")!.getAttribute("data-tag"),
          button: element.getAttribute("aria-label")!.replace(/: .*/, ""),
          isCard: element.matches(".card"),
          seen: top !== null && (element.contains(top) || top.contains(element)),
        };
      });
      if (at === null) break;
      const name = `${at.card} ${at.button}`;
      if (!at.isCard) reached.add(name);
      if (!at.seen) covered.push(name);
    }
    expect(new Set([...reached].map((name) => name.split(" ")[0])).size).toBe(24);
    expect(reached.size).toBe(24 * 4);
    expect(covered).toEqual([]);
  });

  test("cards are drawn before they are scrolled to", async () => {
    const { page } = await open(makeLogs(["a"], numbered(24)));
    await drawn(page, "tag1");
    /** Cards on the screen, or so far below it, without a drawing. */
    const undrawn = (below: number) =>
      page.evaluate((room) => {
        const cards = [...document.querySelectorAll(".card")].filter((card) => {
          const { top, bottom } = card.getBoundingClientRect();
          return bottom > 60 && top < innerHeight + room;
        });
        return cards.filter((card) => !card.querySelector("canvas.chart-lines[data-points]")).length;
      }, below);
    for (let i = 0; i < 5; i++) {
      await expect.poll(() => undrawn(600)).toBe(0);
      await page.locator("main").evaluate((main) => main.scrollBy(0, 400));
      expect(await undrawn(0)).toBe(0);
    }
  });

  test("the wheel scrolls the page, also over a chart that was clicked; with Ctrl it zooms", async () => {
    const { page } = await open(makeLogs(["a"], numbered(12)));
    await drawn(page, "tag1");
    const box = (await page.locator('[data-tag="tag1"] canvas.chart-hover').boundingBox())!;
    await page.mouse.click(box.x + 200, box.y + 80);
    await page.keyboard.press("Escape");
    await page.mouse.wheel(0, 120);
    await expect.poll(() => scrolled(page)).toBeGreaterThan(60);
    expect(page.url()).not.toContain("zoom=");
    const now = (await page.locator('[data-tag="tag5"] canvas.chart-hover').boundingBox())!;
    await page.mouse.move(now.x + 200, now.y + 80);
    await page.keyboard.down("Control");
    await page.mouse.wheel(0, -200);
    await page.keyboard.up("Control");
    await expect.poll(() => page.url()).toContain("zoom=");
  });

  test("one held table at a time, gone by Escape or a click elsewhere, with whole steps of nine digits", async () => {
    const { page } = await open(makeLogs(["a", "b"], ["one", "two"], (i) => 123_456_000 + i));
    for (const tag of ["one", "two"]) await drawn(page, tag);
    const click = async (tag: string) => {
      const box = (await page.locator(`[data-tag="${tag}"] canvas.chart-hover`).boundingBox())!;
      await page.mouse.click(box.x + 200, box.y + 80);
    };
    await click("one");
    await table(page).waitFor();
    const cell = table(page).locator("td.col-step").first();
    expect(await cell.textContent()).toMatch(/^123,456,\d{3}$/);
    expect(await cell.evaluate((td) => td.scrollWidth <= td.clientWidth)).toBe(true);
    await click("two");
    await expect.poll(() => table(page).count()).toBe(1);
    await page.mouse.click(700, 20);
    await table(page).waitFor({ state: "detached" });
    await click("one");
    await table(page).waitFor();
    await page.mouse.move(700, 20);
    await page.locator(".group h2 button").first().focus();
    await page.keyboard.press("Escape");
    await table(page).waitFor({ state: "detached" });
  });

  test("on a phone the table shows runs, and lies under the list of runs", async () => {
    const phone = { viewport: { width: 390, height: 800 }, hasTouch: true };
    const { page } = await open(
      makeLogs(["a-run-of-some-length", "b"], ["one"], (i) => 123_456_000 + i),
      "",
      phone,
    );
    await drawn(page, "one");
    await page.locator('[data-tag="one"] canvas.chart-hover').tap();
    await table(page).waitFor();
    const run = table(page).locator("tbody th").first();
    expect((await run.boundingBox())!.width).toBeGreaterThan(90);
    const step = table(page).locator("td.col-step").first();
    expect(await step.evaluate((td) => td.scrollWidth <= td.clientWidth)).toBe(true);
    await page.getByRole("button", { name: "Runs", exact: true }).focus();
    await page.keyboard.press("Enter");
    await page.locator(".sidebar.is-drawer").waitFor();
    const layers = await page.evaluate(() =>
      [".sidebar.is-drawer", ".shade", ".hover-table"].map((part) => {
        const element = document.querySelector(part);
        return element ? Number(getComputedStyle(element).zIndex) : null;
      }),
    );
    expect(layers[2] ?? 0).toBeLessThan(Math.min(layers[0]!, layers[1]!));
    // The page says that it is live, by a dot and by a word for those who hear it.
    expect(await page.getByRole("status").filter({ hasText: "Live" }).isVisible()).toBe(true);
  });

  test("a link's name is said of the run that it leads to, and finds it", { timeout: 60_000 }, async () => {
    const logdir = makeLogs(["a", "b"], ["one"]);
    symlinkSync("b", path.join(logdir, "latest"));
    const { page } = await open(logdir);
    await drawn(page, "one");
    const row = page.getByRole("treeitem", { name: "b, also latest", exact: true });
    expect(await row.textContent()).toContain("b = latest");
    expect(await row.getAttribute("title")).toBe("b, also latest");
    expect(await page.getByRole("treeitem").count()).toBe(2);
    await page.getByRole("textbox", { name: /^Filter runs/ }).fill("latest");
    await expect.poll(() => page.getByRole("treeitem").count()).toBe(1);
    await row.waitFor();
    unlinkSync(path.join(logdir, "latest"));
    await expect.poll(() => page.getByRole("treeitem").count()).toBe(0);
  });

  test("two fingers zoom a chart, and everything is large enough for one", { timeout: 60_000 }, async () => {
    const phone = { viewport: { width: 390, height: 800 }, hasTouch: true };
    const { page } = await open(makeLogs(["folder/a", "folder/b"], ["one"]), "", phone);
    await drawn(page, "one");
    const box = (await page.locator('[data-tag="one"] canvas.chart-hover').boundingBox())!;
    const session = await page.context().newCDPSession(page);
    const touch = (type: "touchStart" | "touchMove" | "touchEnd", ...xs: number[]) =>
      session.send("Input.dispatchTouchEvent", {
        type,
        touchPoints: xs.map((x, id) => ({ x: box.x + x, y: box.y + 90, id })),
      });
    await touch("touchStart", 160, 220);
    for (const by of [10, 30, 50, 70]) await touch("touchMove", 160 - by, 220 + by);
    await touch("touchEnd");
    await expect.poll(() => page.url()).toContain("zoom=");
    await page.getByRole("button", { name: "Runs", exact: true }).click();
    await page.locator(".sidebar.is-drawer").waitFor();
    const { violations } = await new AxeBuilder({ page }).withRules(["target-size"]).analyze();
    expect(violations.flatMap(({ nodes }) => nodes.map(({ html }) => html))).toEqual([]);
  });

  test("shows all of a curve unless asked not to, and says what it leaves out", async () => {
    const { page } = await open(makeLogs(["a"], ["decaying"]));
    await drawn(page, "decaying");
    const card = page.locator('[data-tag="decaying"]');
    const ink = () =>
      card.locator("canvas.chart-lines").evaluate((canvas: HTMLCanvasElement) => {
        const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
        const rows = data.findIndex((value, i) => i % 4 === 3 && value > 100);
        return Math.floor(rows / 4 / canvas.width) / canvas.height;
      });
    // The first value, the highest, stands a little below the top.
    await expect.poll(ink).toBeGreaterThan(0.05);
    expect(await card.getByRole("button", { name: /Not shown/ }).count()).toBe(0);
    await page.getByText("Ignore outliers").click();
    await card.getByRole("button", { name: "Not shown in decaying" }).click();
    await card.getByText("Not shown: outliers").waitFor();
  });

  test("a logarithmic axis leaves a step 0 out without a word, and steps below it with one", async () => {
    const { page } = await open(makeLogs(["a"], ["zero"]));
    await drawn(page, "zero");
    await page.getByText("Log x").click();
    await page.waitForLoadState("networkidle");
    expect(await page.getByRole("button", { name: /Not shown/ }).count()).toBe(0);
    const below = await open(
      makeLogs(["a"], ["below"], (i) => i - 10),
      "#scalars?log_x=1",
    );
    await below.page.getByRole("button", { name: "Not shown in below" }).waitFor();
  });

  test("cards of runs that are off are not drawn as empty ones", async () => {
    const logdir = makeLogs(["a"], ["only-a"]);
    const events = [scalarEvent("only-b", 1, 1)];
    writeFile(logdir, "b/events.out.tfevents.1", eventFile(versionEvent, ...events));
    const { page } = await open(logdir);
    await drawn(page, "only-b");
    await page.getByRole("treeitem", { name: "b" }).click();
    await page.locator('[data-tag="only-b"]').waitFor({ state: "detached" });
    await page.getByText("1 tag of runs that are off is not shown.").waitFor();
    await page.getByRole("button", { name: "Show it empty" }).click();
    await page.getByText("No run that is on has this tag").waitFor();
  });

  test("opens the sections that tell most", async () => {
    const debug = Array.from({ length: 30 }, (_, i) => `debug/${i}`);
    const { page } = await open(makeLogs(["a"], [...debug, "train/loss", "val/loss", "z/other"]));
    await drawn(page, "train/loss");
    const open_ = page.locator('.group h2 button[aria-expanded="true"] .group-name');
    expect(await open_.allTextContents()).toEqual(["train", "val", "z"]);
  });

  test("on paper every card is drawn, none is cut or split, and the runs are named", {
    timeout: 60_000,
  }, async () => {
    const long = `evaluation/${"accuracy_vs_iterations_".repeat(4)}`;
    const logdir = makeLogs(["a", "b"], [...numbered(20), long]);
    const { page } = await open(logdir, "", { colorScheme: "dark" });
    await drawn(page, "tag1");
    await page.evaluate(() => {
      window.print = () => {
        document.documentElement.dataset.printed = String(
          document.querySelectorAll("canvas.chart-lines[data-points]").length,
        );
      };
    });
    await page.keyboard.press("Control+p");
    await page.locator("html[data-printed]").waitFor({ timeout: 20_000 });
    expect(await page.locator("html").getAttribute("data-printed")).toBe("21");
    await page.emulateMedia({ media: "print" });
    const paper = await page.evaluate(() => ({
      all: document.documentElement.scrollHeight,
      split: [...document.querySelectorAll(".card")].filter(
        (card) => getComputedStyle(card).breakInside !== "avoid",
      ).length,
      last: document.querySelector('[data-tag="tag20"]')!.getBoundingClientRect().bottom + scrollY,
      theme: document.documentElement.dataset.theme,
      cut: [...document.querySelectorAll(".card h3")].filter((title) => title.scrollWidth > title.clientWidth)
        .length,
      tools: [...document.querySelectorAll(".toolbar, .card-actions, .sidebar, .tabs")].filter((tools) =>
        tools.checkVisibility(),
      ).length,
      runs: [...document.querySelectorAll(".printed-runs li")].map((run) => run.textContent),
    }));
    expect(paper.last).toBeLessThanOrEqual(paper.all);
    expect(paper).toMatchObject({ split: 0, cut: 0, tools: 0, theme: "light", runs: ["a", "b"] });
    await page.emulateMedia({ media: null });
    await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
    await expect.poll(() => page.locator(".printed-runs").count()).toBe(0);
  });

  test("settings last until the next visit; what the address says goes before them", async () => {
    const { page, server } = await open(makeLogs(["a"], ["one"]));
    const smoothing = (on: Page) => on.getByLabel("Smoothing value").inputValue();
    await page.getByLabel("Smoothing value").fill("0.9");
    await page.getByLabel("Smoothing value").press("Enter");
    await page.getByText("Log y").click();
    const again = await page.context().newPage();
    await again.goto(server.url);
    await expect.poll(() => smoothing(again)).toBe("0.9");
    expect(await again.getByRole("checkbox", { name: "Log y" }).isChecked()).toBe(true);
    const linked = await page.context().newPage();
    await linked.goto(`${server.url}#scalars?smoothing=0.2`);
    await expect.poll(() => smoothing(linked)).toBe("0.2");
    // A link is for one visit.
    await again.goto("about:blank");
    await again.goto(server.url);
    await expect.poll(() => smoothing(again)).toBe("0.9");
  });

  test("a page without data says how to log it, into the folder that is watched", async () => {
    const logdir = makeLogs(["a"], ["one"]);
    const { page } = await open(logdir, "#images", { permissions: ["clipboard-read", "clipboard-write"] });
    await page.getByText("No images in these logs").waitFor();
    for (const library of ["Keras", "PyTorch", "JAX", "TypeScript"]) {
      await page.getByText(library, { exact: true }).click();
      expect(await page.locator(".snippet pre").textContent()).toContain(JSON.stringify(`${logdir}/run1`));
    }
    await page.getByRole("button", { name: "Copy: how to log from TypeScript" }).click();
    await page.getByText("Copied").waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain("writer.image(");
    await page.getByRole("link", { name: "Scalars" }).last().click();
    await drawn(page, "one");
  });

  test("a log folder without runs says how to log the first, into it", async () => {
    const logdir = temporaryDirectory();
    const server = await startServer({ logdir, port: 0, threads: 0 });
    onTestFinished(() => server.close());
    const { page } = await openPage(browser, { permissions: ["clipboard-read", "clipboard-write"] });
    onTestFinished(() => page.context().close());
    await page.goto(server.url);
    await page.getByText("There are no event files in").waitFor();
    for (const library of ["TypeScript", "Keras", "PyTorch", "JAX"]) {
      await page.getByText(library, { exact: true }).click();
      expect(await page.locator(".snippet pre").textContent()).toContain(JSON.stringify(`${logdir}/run1`));
    }
    await page.getByRole("button", { name: "Copy: how to log from JAX" }).click();
    await page.getByText("Copied").waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(
      JSON.stringify(`${logdir}/run1`),
    );
  });

  test("filters take escapes that people type, and none holds the page", { timeout: 60_000 }, async () => {
    const endless = `${"a".repeat(40)}!`;
    const { page } = await open(makeLogs(["lr=1e-1", "lr=1e-2"], ["loss", endless]));
    await drawn(page, "loss");
    const runs = page.getByRole("textbox", { name: /^Filter runs/ });
    await runs.fill("lr=1e\\-1");
    await expect.poll(() => page.getByRole("treeitem").count()).toBe(1);
    await page.getByRole("treeitem", { name: "lr=1e-1" }).waitFor();
    await runs.fill("");
    const tags = page.getByRole("textbox", { name: /^Filter tags/ });
    // Tried letter by letter with going back, it would take years.
    await tags.fill("^(a+)+$");
    await page.getByText("No tag matches the filter").waitFor();
    await tags.fill("^(a+)+!$");
    await drawn(page, endless);
    expect(await page.locator(".card").count()).toBe(1);
  });

  test("the picture of a thousand runs is one that can be looked at, and no name in it is cut", {
    timeout: 90_000,
  }, async () => {
    const runs = Array.from({ length: 1000 }, (_, i) => `sweep/learning-rate=${i}/batch-size=128`);
    const { page } = await open(makeLogs(runs, ["loss"]));
    await drawn(page, "loss");
    await page.getByRole("button", { name: "Download loss" }).click();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("menuitem", { name: "SVG" }).click(),
    ]);
    const svg = readFileSync(await download.path(), "utf8");
    const outside = await page.evaluate((text) => {
      document.body.innerHTML = text;
      const picture = document.querySelector("svg")!;
      const frame = picture.getBoundingClientRect();
      const texts = [...picture.querySelectorAll("text")].map((element) => ({
        text: element.textContent,
        box: element.getBoundingClientRect(),
      }));
      const inside = ({ left, top, right, bottom }: DOMRect) =>
        left >= frame.left && top >= frame.top && right <= frame.right + 1 && bottom <= frame.bottom + 1;
      return {
        size: [frame.width, frame.height],
        texts: texts.length,
        cut: texts.filter(({ box }) => !inside(box)).map((one) => one.text),
      };
    }, svg);
    expect(outside.texts).toBeGreaterThan(60);
    expect(outside.cut).toEqual([]);
    expect(outside.size[1]).toBeLessThan(1500);
  });
});
