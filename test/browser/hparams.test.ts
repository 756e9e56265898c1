/** The hyperparameters' page in a real browser. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser } from "playwright-core";
import { connect } from "tsboard/client";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { type RunningServer, startServer } from "../../server/index.ts";
import { createFileWriter } from "../../summary/index.ts";
import { describeInBrowser, launch, openPage } from "../tools/chromium.ts";
import { corpusLogs } from "../tools/stock-answers.ts";

const PATIENCE = { timeout: 20_000 };

describeInBrowser("hyperparameters", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  test("are a table with stock's numbers, sorted, brushed, and led on to curves", {
    timeout: 90_000,
  }, async () => {
    const server = await startServer({ logdir: corpusLogs, port: 0, threads: 0 });
    onTestFinished(() => server.close());
    await server.loaded;
    const { page, complaints } = await openPage(browser);
    // Other experiments of these logs have metrics of their own.
    const { metrics } = await connect(server.url).hparams();
    const others = metrics.filter(({ tag, group }) => tag !== "accuracy" || group !== "");
    const hide = others.map(({ tag, group }) => `m:${group === "" ? "" : `${group}/`}${tag}`);
    await page.goto(
      `${server.url}#hparams?hparams_sort=-m%3Aaccuracy&hparams_hidden=${encodeURIComponent(hide.join(","))}`,
    );
    const plot = page.locator(".hp-parallel canvas[data-lines='9']");
    await plot.waitFor(PATIENCE);
    const answer = await fetch(new URL("data/plugin/hparams/session_groups", server.url), {
      method: "POST",
      body: JSON.stringify({
        startIndex: 0,
        sliceSize: 100,
        allowedStatuses: ["STATUS_UNKNOWN", "STATUS_SUCCESS"],
      }),
    });
    const { sessionGroups } = (await answer.json()) as {
      sessionGroups: { sessions: { name: string }[]; metricValues: { value: number }[] }[];
    };
    const best = sessionGroups.reduce((a, b) =>
      (b.metricValues[0]?.value ?? 0) > (a.metricValues[0]?.value ?? 0) ? b : a,
    );
    const first = page.locator(".hp-table tbody tr").first();
    expect(await first.locator("th").textContent()).toBe(best.sessions[0]!.name);
    expect(Number(await first.locator("td").last().textContent())).toBeCloseTo(
      best.metricValues[0]!.value,
      4,
    );

    // The upper half of the last axis.
    const box = (await plot.boundingBox())!;
    await page.mouse.move(box.x + box.width - 56, box.y + 36);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width - 56, box.y + box.height / 2, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => page.locator(".hp-table tbody tr").count(), PATIENCE).toBe(4);
    await page.getByRole("button", { name: "Show all rows" }).click();
    await expect.poll(() => page.locator(".hp-table tbody tr").count(), PATIENCE).toBe(9);

    await first.getByRole("button").click();
    await page.locator('[data-tag="accuracy"] canvas.chart-lines[data-points]').waitFor(PATIENCE);
    expect(complaints).toEqual([]);
  });

  /** Sessions of which the rate makes the score, and whose loss falls or grows. */
  async function serveSweep(): Promise<RunningServer> {
    const logdir = mkdtempSync(path.join(tmpdir(), "tsboard-hparams-"));
    onTestFinished(() => rmSync(logdir, { recursive: true, force: true }));
    for (let i = 0; i < 60; i++) {
      const writer = createFileWriter(path.join(logdir, `s${i}`));
      const rate = 10 ** -(1 + (i % 4));
      writer.hparams({ rate, units: (i * 7) % 13, optimizer: i % 2 === 0 ? "adam" : "sgd" });
      writer.scalar("score", -Math.abs(Math.log10(rate) + 2) + (i % 2) * 0.2, { step: 1 });
      writer.scalar("loss", 1 + i, { step: 1 });
      writer.scalar("loss", 60 - i, { step: 2 });
      await writer.close();
    }
    const server = await startServer({ logdir, port: 0, threads: 0 });
    onTestFinished(() => server.close());
    await server.loaded;
    return server;
  }

  test("columns are moved, kept in sight and filtered; importance, scatter matrix and run selection follow", {
    timeout: 90_000,
  }, async () => {
    const server = await serveSweep();
    const { page, complaints } = await openPage(browser);
    await page.goto(`${server.url}#hparams?hparams_target=m%3Ascore`);
    await page.locator(".hp-parallel canvas[data-lines='60']").waitFor(PATIENCE);

    // What makes the score comes first.
    const rate = page.locator('.hp-importance [data-column="h:rate"] td');
    await expect
      .poll(async () => Number.parseFloat(await rate.first().innerText()), PATIENCE)
      .toBeGreaterThan(50);
    expect(await page.locator('.hp-importance [data-column="h:optimizer"] td').first().innerText()).toMatch(
      /%/,
    );

    // Axes by keys and by hand; the table has the same order.
    const titles = () => page.locator(".hp-axes button").allInnerTexts();
    const heads = () => page.locator(".hp-table thead th[data-column] button").allInnerTexts();
    const before = await titles();
    expect(before).toEqual(await heads());
    await page.getByRole("button", { name: "Axis rate, logarithmic" }).focus();
    const at = before.indexOf("rate");
    await page.keyboard.press("ArrowRight");
    const moved = [...before];
    moved.splice(at, 1);
    moved.splice(at + 1, 0, "rate");
    await expect.poll(titles, PATIENCE).toEqual(moved);
    expect(await heads()).toEqual(moved);
    const last = (await page.locator(".hp-axes button").last().boundingBox())!;
    const grip = (await page.locator(".hp-axes button").first().boundingBox())!;
    await page.mouse.move(grip.x + grip.width / 2, grip.y + 8);
    await page.mouse.down();
    await page.mouse.move(last.x + last.width / 2, last.y + 8, { steps: 8 });
    await page.mouse.up();
    await expect.poll(async () => (await titles()).at(-1), PATIENCE).toBe(moved[0]);

    // A column that is kept in sight stands first.
    await page.getByRole("button", { name: "Columns and filters" }).click();
    await page.getByRole("button", { name: "Keep loss in sight" }).click();
    await expect.poll(async () => (await heads())[0], PATIENCE).toBe("loss");
    expect(await page.locator(".hp-table thead th.is-stuck").count()).toBe(1);
    // By value.
    await page.getByRole("checkbox", { name: "optimizer: sgd" }).uncheck();
    const told = page.locator(".hp-note[role=status]");
    await expect.poll(() => told.innerText(), PATIENCE).toMatch(/^30 sessions of 60/);
    await page.keyboard.press("Escape");
    // The same by a stretch of the axis, once a click has let go.
    const axis = (await page.getByRole("button", { name: "Axis optimizer" }).boundingBox())!;
    const lines = (await page.locator(".hp-parallel canvas").last().boundingBox())!;
    const across = axis.x + axis.width / 2;
    await page.mouse.click(across, lines.y + lines.height / 2);
    await expect.poll(() => told.innerText(), PATIENCE).toBe("60 sessions");
    await page.mouse.move(across, lines.y + lines.height / 2);
    await page.mouse.down();
    await page.mouse.move(across, lines.y + lines.height - 10, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => told.innerText(), PATIENCE).toMatch(/^30 sessions of 60/);
    await expect
      .poll(() => decodeURIComponent(page.url()), PATIENCE)
      .toContain("hparams_only=h:optimizer\\,adam");
    // By expression, of which what is wrong is said.
    const where = page.getByRole("textbox", { name: /^Filter rows/ });
    await where.fill("rate > 0.005 and unit");
    await page.getByRole("alert").getByText("there is no column unit").waitFor(PATIENCE);
    await where.fill("rate > 0.005 and units < 6");
    await expect.poll(() => told.innerText(), PATIENCE).toMatch(/^[0-9] sessions of 60/);
    const kept = Number.parseInt(await told.innerText(), 10);

    // The best of a loss is its smallest.
    await page.getByRole("radio", { name: "Best" }).check();
    const first = page.locator(".hp-table tbody tr").first();
    const run = Number((await first.locator("th").innerText()).slice(1));
    expect(Number(await first.locator("td.is-stuck").innerText())).toBe(Math.min(1 + run, 60 - run));

    await page.getByRole("radio", { name: "Scatter" }).check();
    const matrix = page.locator(`.hp-scatter canvas[data-dots='${kept}'][data-cells='25']`);
    await matrix.waitFor(PATIENCE);
    // A box over the lower left pair keeps a part, in both columns.
    const box = (await matrix.boundingBox())!;
    await page.mouse.move(box.x + 60, box.y + box.height - 40);
    await page.mouse.down();
    await page.mouse.move(box.x + 150, box.y + box.height - 80, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => new URL(page.url()).hash, PATIENCE).toContain("hparams_within=");

    await page.getByRole("button", { name: "Show all rows" }).click();
    await where.fill("session in ['s1', 's2']");
    await page.getByRole("button", { name: "Only these runs" }).click();
    await page.getByText("2 of 60 on").waitFor(PATIENCE);
    // It is said, and taken back.
    await page.getByRole("status").getByText("Only 2 runs are on, all others are off.").waitFor(PATIENCE);
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("60 of 60 on").waitFor(PATIENCE);
    expect(await page.getByText("all others are off").count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  test("the scatter matrix answers to keys: point to point, pair to pair, a box made and let go of", {
    timeout: 90_000,
  }, async () => {
    const server = await serveSweep();
    const { page, complaints } = await openPage(browser);
    await page.goto(`${server.url}#hparams?hparams_view=scatter&hparams_hidden=h%3Aoptimizer,m%3Aloss`);
    await page.locator(".hp-scatter canvas[data-dots='60'][data-cells='9']").waitFor(PATIENCE);
    const surface = page.locator(".hp-scatter canvas.chart-hover");
    const said = () => page.locator(".hp-scatter [aria-live]").textContent();
    const rows = () => page.locator(".hp-note[role=status]").innerText();
    await surface.focus();
    await page.keyboard.press("ArrowRight");
    // The first pair: rate across, units upwards; the smallest rate first.
    await expect.poll(said, PATIENCE).toMatch(/^s\d+, rate 1e−4, units 0$/);
    await page.keyboard.press("ArrowRight");
    expect(await said()).toMatch(/^s\d+, rate 1e−4, units/);
    await page.keyboard.press("Shift+ArrowRight");
    await page.keyboard.press("Shift+ArrowUp");
    // Units across, rate upwards.
    await expect.poll(said, PATIENCE).toMatch(/^s\d+, units \d+, rate 1e−4$/);
    await page.keyboard.press("Shift+ArrowLeft");
    await page.keyboard.press("Shift+ArrowDown");
    await page.keyboard.press("Enter");
    await expect.poll(said, PATIENCE).toMatch(/a corner of the box$/);
    for (let i = 0; i < 40; i++) await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await expect.poll(rows, PATIENCE).toMatch(/^\d+ sessions of 60/);
    await expect.poll(() => new URL(page.url()).hash, PATIENCE).toContain("hparams_within=");
    expect(Number.parseInt(await rows(), 10)).toBeGreaterThan(0);
    await page.keyboard.press("Delete");
    await expect.poll(rows, PATIENCE).toBe("60 sessions");
    expect(complaints).toEqual([]);
  });

  test("on a phone a finger keeps a stretch of an axis, and a box in the pair that it tapped", {
    timeout: 90_000,
  }, async () => {
    const server = await serveSweep();
    const phone = { viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true };
    const { page, complaints } = await openPage(browser, phone);
    await page.goto(`${server.url}#hparams?hparams_hidden=h%3Aoptimizer,m%3Aloss`);
    const lines = page.locator(".hp-parallel canvas[data-lines='60']");
    await lines.waitFor(PATIENCE);
    const rows = () => page.locator(".hp-note[role=status]").innerText();
    const session = await page.context().newCDPSession(page);
    const drag = async (from: [number, number], to: [number, number]) => {
      const touch = (type: "touchStart" | "touchMove" | "touchEnd", ...points: [number, number][]) =>
        session.send("Input.dispatchTouchEvent", { type, touchPoints: points.map(([x, y]) => ({ x, y })) });
      await touch("touchStart", from);
      for (let i = 1; i <= 6; i++)
        await touch("touchMove", [
          from[0] + ((to[0] - from[0]) * i) / 6,
          from[1] + ((to[1] - from[1]) * i) / 6,
        ]);
      await touch("touchEnd");
    };
    const box = (await lines.boundingBox())!;
    await drag([box.x + 56, box.y + 45], [box.x + 56, box.y + 150]);
    await expect.poll(rows, PATIENCE).toMatch(/^\d+ sessions of 60/);
    await page.getByRole("button", { name: "Show all rows" }).tap();

    await page.getByText("Scatter", { exact: true }).tap();
    const matrix = page.locator(".hp-scatter canvas[data-cells='9']");
    await matrix.waitFor(PATIENCE);
    const place = (await matrix.boundingBox())!;
    await page.touchscreen.tap(place.x + 100, place.y + 40);
    await drag([place.x + 62, place.y + 20], [place.x + 110, place.y + 80]);
    await expect.poll(rows, PATIENCE).toMatch(/^\d+ sessions of 60/);
    expect(complaints).toEqual([]);
  });

  test("values of mixed types, missing ones and metrics that are no numbers are shown, sorted and filtered", {
    timeout: 90_000,
  }, async () => {
    const logdir = mkdtempSync(path.join(tmpdir(), "tsboard-hparams-"));
    onTestFinished(() => rmSync(logdir, { recursive: true, force: true }));
    const given = [{ rate: 0.1 }, { rate: "auto" }, { rate: true }, { other: 1 }, { rate: 0.01 }];
    for (const [i, hparams] of given.entries()) {
      const writer = createFileWriter(path.join(logdir, `s${i}`));
      writer.hparams(hparams);
      if (i !== 3)
        writer.scalar("score", i === 1 ? Number.NaN : i === 2 ? Number.POSITIVE_INFINITY : i, { step: 1 });
      await writer.close();
    }
    const server = await startServer({ logdir, port: 0, threads: 0 });
    onTestFinished(() => server.close());
    await server.loaded;
    const { page, complaints } = await openPage(browser);
    await page.goto(`${server.url}#hparams?hparams_sort=h%3Arate`);
    await page.locator(".hp-parallel canvas[data-lines='5']").waitFor(PATIENCE);
    const column = async (id: string) => {
      const at = await page.locator(".hp-table thead th").evaluateAll((all, wanted) => {
        return all.findIndex((one) => one.getAttribute("data-column") === wanted);
      }, id);
      return page.locator(`.hp-table tbody tr > :nth-child(${at + 1})`).allTextContents();
    };
    await expect.poll(() => column("h:rate"), PATIENCE).toHaveLength(5);
    const rates = await column("h:rate");
    expect([...rates].sort()).toEqual(["", "0.01", "0.1", "auto", "true"]);
    // What is missing comes last.
    expect(rates.at(-1)).toBe("");
    expect([...(await column("m:score"))].sort()).toEqual(["", "0", "4", "NaN", "NaN"]);
    await page.getByText("Scatter", { exact: true }).click();
    await page.locator(".hp-scatter canvas[data-dots='5']").waitFor(PATIENCE);
    await page.getByRole("textbox", { name: /^Filter rows/ }).fill('rate == "auto"');
    await expect.poll(() => column("h:rate"), PATIENCE).toEqual(["auto"]);
    expect(complaints).toEqual([]);
  });

  test("all experiments of the logs have their columns, filters find them, and numbers have the digits of a float32", {
    timeout: 90_000,
  }, async () => {
    const logdir = mkdtempSync(path.join(tmpdir(), "tsboard-hparams-"));
    onTestFinished(() => rmSync(logdir, { recursive: true, force: true }));
    const write = async (run: string, given: Record<string, number>, accuracy: number) => {
      const writer = createFileWriter(path.join(logdir, run));
      const described = Object.keys(given).map((name) => ({ name }));
      writer.hparamsConfig({ hparams: described, metrics: [{ tag: "accuracy" }] });
      writer.hparams(given);
      writer.scalar("accuracy", accuracy, { step: 1 });
      await writer.close();
    };
    for (let i = 0; i < 12; i++) await write(`sweep/${i}`, { units: 8 * (i + 1) }, 0.8 + i / 1000);
    await write("torchlike/a", { bs: 16 }, 0.7);
    await write("torchlike/b", { bs: 32 }, 0.9);
    const server = await startServer({ logdir, port: 0, threads: 0 });
    onTestFinished(() => server.close());
    await server.loaded;
    const { page, complaints } = await openPage(browser);
    await page.goto(`${server.url}#hparams`);
    await page.locator(".hp-parallel canvas[data-lines='14']").waitFor(PATIENCE);
    const heads = page.locator(".hp-table thead th[data-column]");
    expect(await heads.allInnerTexts()).toEqual(["bs", "units", "accuracy"]);
    // Numbers and their headings stand on the same side.
    expect(await heads.evaluateAll((all) => all.map((one) => getComputedStyle(one).textAlign))).toEqual([
      "right",
      "right",
      "right",
    ]);
    const told = page.locator(".hp-note[role=status]");
    const where = page.getByRole("textbox", { name: /^Filter rows/ });
    await where.fill("units > 16");
    await expect.poll(() => told.innerText(), PATIENCE).toMatch(/^10 sessions of 14/);
    await where.fill("bs >= 16");
    await expect.poll(() => told.innerText(), PATIENCE).toMatch(/^2 sessions of 14/);
    await where.fill("");

    await page.getByRole("button", { name: "Columns and filters" }).click();
    const least = page.getByRole("textbox", { name: "accuracy at least" });
    expect(await least.getAttribute("placeholder")).toBe("0.7");
    const most = page.getByRole("textbox", { name: "accuracy at most" });
    expect(await most.getAttribute("placeholder")).toBe("0.9");
    // 0.8 as a float32 is a little more than 0.8, and is what is meant.
    await most.fill("0.8");
    await most.press("Enter");
    await expect.poll(() => told.innerText(), PATIENCE).toMatch(/^2 sessions of 14/);
    expect(await most.inputValue()).toBe("0.8");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "torchlike/a" }).click();
    await page.getByText("Only the run torchlike/a is on, all others are off.").waitFor(PATIENCE);
    expect(complaints).toEqual([]);
  });

  test("trials are taken together, rows sorted by several columns, and what is shown is given as files", {
    timeout: 90_000,
  }, async () => {
    const logdir = mkdtempSync(path.join(tmpdir(), "tsboard-hparams-"));
    onTestFinished(() => rmSync(logdir, { recursive: true, force: true }));
    for (let i = 0; i < 8; i++) {
      const writer = createFileWriter(path.join(logdir, `s${i}`));
      // Two seeds of each.
      writer.hparams({ rate: 1 + (i >> 2), units: (i >> 1) % 2 }, { trial: `trial ${i >> 1}` });
      writer.scalar("score", i, { step: 1 });
      await writer.close();
    }
    const server = await startServer({ logdir, port: 0, threads: 0 });
    onTestFinished(() => server.close());
    await server.loaded;
    const { page, complaints } = await openPage(browser, { acceptDownloads: true });
    await page.goto(`${server.url}#hparams?hparams_trials=mean`);
    await page.locator(".hp-parallel canvas[data-lines='4']").waitFor(PATIENCE);
    const heading = (id: string) => page.locator(`.hp-table th[data-column="${id}"] button`).first();
    await heading("h:rate").click();
    await heading("h:units").click({ modifiers: ["Shift"] });
    await heading("h:units").click({ modifiers: ["Shift"] });
    const give = async (name: string) => {
      await page.getByRole("button", { name: "Download the table" }).click();
      const [file] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("menuitem", { name }).click(),
      ]);
      return readFileSync(await file.path(), "utf8");
    };
    const rows = JSON.parse(await give("JSON")) as Record<string, unknown>[];
    expect(rows.map(({ rate, units, score }) => [rate, units, score])).toEqual([
      [1, 1, 2.5],
      [1, 0, 0.5],
      [2, 1, 6.5],
      [2, 0, 4.5],
    ]);
    expect((await give("CSV")).split("\n")[1]).toMatch(/,1,1,2\.5,0\.5$/);
    expect(await give("LaTeX")).toContain("& 1 & 1 & 2.5 $\\pm$ 0.5");
    // What has to do with the score, of the means of all trials.
    await page.locator('.hp-importance [data-column="h:rate"]').waitFor(PATIENCE);
    const correlation = (id: string) =>
      page.locator(`.hp-importance [data-column="${id}"] td`).last().innerText();
    // Means of 0.5, 2.5, 4.5 and 6.5 at rates 1, 1, 2, 2 and units 0, 1, 0, 1.
    expect(await correlation("h:rate")).toBe("0.89");
    expect(await correlation("h:units")).toBe("0.45");
    await page.getByText("importance takes at least 5 rows").waitFor(PATIENCE);
    // With its spread: half of what lies between its seeds.
    expect(await page.locator(".hp-table tbody tr").first().textContent()).toMatch(/2\.5\s*±\s*0\.5/);
    expect(complaints).toEqual([]);
  });
});
