/**
 * Our page beside TensorBoard's on the corpus of real logs and on the demo's, in one browser: every dashboard shows every
 * tag that stock's has, run by run, with the same numbers. What stock's page is given is read from the answers that it
 * gets, since most of what it draws is no text. Needs a Python with tensorboard.
 */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";
import { isInstalled } from "../../bench/tools/servers.ts";
import { describeInBrowser } from "../tools/chromium.ts";
import { corpusLogs } from "../tools/stock-answers.ts";
import { besideStock, bytesAt, expectNear, numberOf, PATIENCE, pairs, shown } from "./beside-stock.ts";

/** The demo's logs of a few steps, which have what all of them have. */
const demoLogs = mkdtempSync(path.join(tmpdir(), "tsboard-demo-"));
afterAll(() => rmSync(demoLogs, { recursive: true, force: true }));

async function trainDemo(): Promise<string> {
  const demo = fileURLToPath(new URL("../../examples/mnist/main.ts", import.meta.url));
  const flags = ["--conditions=tsboard-source", "--import", "tsx"];
  const options = ["--no-server", "--runs", "all-five,without-decay", "--steps", "40", "--logdir", demoLogs];
  await promisify(execFile)(process.execPath, [...flags, demo, ...options]);
  return demoLogs;
}

const LOGS = [
  // One of the corpus' runs has no data that stock lists.
  { name: "the corpus", logs: async () => corpusLogs, lacking: 1 },
  { name: "the demo", logs: trainDemo, lacking: 0 },
];
const skip = !isInstalled("tensorboard");

describeInBrowser.each(LOGS)(
  "beside stock's page, $name",
  { timeout: 120_000, skip },
  ({ logs, lacking }) => {
    const beside = besideStock(logs, lacking);
    const { stockTags, askStock, open } = beside;

    test.each(["scalars", "timeseries"])("%s: every run's newest value and step", async (dashboard) => {
      const tags = await stockTags("scalars");
      const page = await open(`${dashboard}?values=1&smoothing=0&kinds=scalars`, 14_000);
      const rowsOfAll = async (): Promise<string[]> => {
        // Tables build the rows that are in sight: all of them are to be.
        await page.locator(".values-table").evaluateAll((tables) => {
          for (const table of tables) if (table instanceof HTMLElement) table.style.height = "900px";
        });
        return shown(page, ".values-table tbody tr");
      };
      await expect.poll(rowsOfAll, PATIENCE).toEqual(pairs(tags));
      const rows = await page.locator(".values-table tbody tr").evaluateAll((found) =>
        found.map((row) => ({
          tag: row.closest("[data-tag]")!.getAttribute("data-tag")!,
          run: row.getAttribute("data-run")!,
          value: row.querySelector('[data-column="value"]')!.textContent!,
          step: row.querySelector('[data-column="step"]')!.textContent!,
        })),
      );
      expect(rows.length).toBeGreaterThan(10);
      const answers = await Promise.all(
        rows.map(({ tag, run }) => askStock("scalars/scalars", { tag, run })),
      );
      for (const [i, { tag, run, value, step }] of rows.entries()) {
        const points = answers[i] as [number, number, number | string][];
        const [, lastStep, lastValue] = points.at(-1)!;
        expect(Number(step.replaceAll(/[^\d-]/g, "")), `${tag} ${run}`).toBe(lastStep);
        expectNear(value, Number(lastValue), `${tag} ${run}`);
      }
      await page.close();
    });

    type Buckets = [number, number, number][];
    const having = (rows: [number, number, Buckets][]) =>
      rows.filter(([, , buckets]) => buckets.some(([, , inside]) => inside > 0));

    test("histograms: every run's, with all its steps, and counts at the newest", async () => {
      const tags = await stockTags("histograms");
      const page = await open("histograms?bins=2", 12_000);
      expect(await shown(page, ".card")).toEqual(pairs(tags));
      for (const card of await page.locator(".card").all()) {
        const [tag, run] = [await card.getAttribute("data-tag"), await card.getAttribute("data-run")];
        const rows = having((await askStock("histograms/histograms", { tag: tag!, run: run! })) as never);
        if (rows.length === 0) {
          await expect.poll(() => card.textContent(), PATIENCE).toContain("without a finite value");
          continue;
        }
        const canvas = card.locator("canvas.chart-lines");
        await expect
          .poll(() => canvas.getAttribute("data-ridges"), PATIENCE)
          .toBe(String(Math.min(rows.length, 60)));
        const [, step, buckets] = rows.at(-1)!;
        await card.locator("canvas.chart-hover").focus();
        const counts: number[] = [];
        const edges: string[] = [];
        for (const key of ["Home", "End"]) {
          await page.keyboard.press(key);
          const said = (await card.locator("[aria-live]").textContent())!;
          const [, at, from, to, inside] = /^step (\S+), (\S+) to (\S+): (\S+)$/.exec(said)!;
          expect(numberOf(at!), said).toBe(step);
          counts.push(numberOf(inside!));
          edges.push(key === "Home" ? from! : to!);
        }
        const sum = buckets.reduce((all, [, , inside]) => all + inside, 0);
        expectNear(String(counts[0]! + counts[1]!), sum, `${tag} ${run}, values`);
        if (rows.length > 60) continue;
        const filled = rows.flatMap(([, , all]) => all.filter(([, , inside]) => inside > 0));
        const ends = [
          Math.min(...filled.map(([left]) => left)),
          Math.max(...filled.map(([, right]) => right)),
        ] as const;
        // A single value has room around it.
        if (ends[1] - ends[0] > 1e-9 * Math.abs(ends[1]))
          for (const [i, end] of ends.entries()) expectNear(edges[i]!, end, `${tag} ${run}, end ${i}`);
      }
      await page.close();
    });

    test("distributions: every run's, with all its steps, and the nine quantiles at the newest", async () => {
      const tags = await stockTags("distributions");
      const page = await open("distributions", 12_000);
      expect(await shown(page, ".card")).toEqual(pairs(tags));
      for (const card of await page.locator(".card").all()) {
        const [tag, run] = [await card.getAttribute("data-tag"), await card.getAttribute("data-run")];
        const rows = having((await askStock("histograms/histograms", { tag: tag!, run: run! })) as never);
        if (rows.length === 0) {
          await expect.poll(() => card.textContent(), PATIENCE).toContain("without a finite value");
          continue;
        }
        await expect
          .poll(() => card.locator("canvas.chart-lines").getAttribute("data-points"), PATIENCE)
          .toBe(String(Math.min(rows.length, 250)));
        const all = (await askStock("distributions/distributions", { tag: tag!, run: run! })) as [
          number,
          number,
          [number, number][],
        ][];
        const [, step] = rows.at(-1)!;
        const quantiles = all.find(([, at]) => at === step)![2].map(([, value]) => value);
        await card.locator("canvas.chart-hover").focus();
        await page.keyboard.press("End");
        const cells = card.locator(".plot-tip td");
        await expect.poll(() => cells.count(), PATIENCE).toBe(9);
        expect(numberOf((await card.locator(".plot-tip strong").textContent())!.replace("step ", ""))).toBe(
          step,
        );
        for (const [i, text] of (await cells.allTextContents()).reverse().entries())
          expectNear(text, quantiles[i]!, `${tag} ${run}, quantile ${i}`);
      }
      await page.close();
    });

    test("audio: every run's clips at the newest step, byte for byte", async () => {
      const clips = await stockTags("audio");
      const page = await open("audio", 4000);
      const found = () =>
        page
          .locator(".run-clips")
          .evaluateAll((sections) =>
            sections
              .map(
                (one) =>
                  `${one.closest("[data-tag]")!.getAttribute("data-tag")} ${one.getAttribute("aria-label")}`,
              )
              .sort(),
          );
      await expect.poll(found, PATIENCE).toEqual(pairs(clips));
      for (const section of await page.locator(".run-clips").all()) {
        const run = (await section.getAttribute("aria-label"))!;
        const tag = (await section.evaluate((one) => one.closest("[data-tag]")!.getAttribute("data-tag")))!;
        const first = (await askStock("audio/audio", { tag, run, sample: "0" })) as {
          step: number;
          query: string;
        }[];
        const step = (await section.locator(".clip-step").textContent())!;
        expect(numberOf(step.replace("step ", "")), `${tag} ${run}`).toBe(first.at(-1)!.step);
        const players = await section.locator("audio").all();
        for (const [sample, player] of players.entries()) {
          const all = (await askStock("audio/audio", { tag, run, sample: String(sample) })) as {
            query: string;
          }[];
          const theirs = await beside.bytesOfStock(`data/plugin/audio/individualAudio?${all.at(-1)!.query}`);
          const own = await bytesAt(page, (await player.getAttribute("src"))!);
          expect(own === theirs, `${tag} ${run}, clip ${sample}`).toBe(true);
        }
      }
      await page.close();
    });

    test("text: every run's, at the newest step", async () => {
      const texts = await stockTags("text");
      const reading = await open("text", 9000);
      await expect.poll(() => shown(reading, ".card"), PATIENCE).toEqual(pairs(texts));
      for (const card of await reading.locator(".card").all()) {
        const [tag, run] = [await card.getAttribute("data-tag"), await card.getAttribute("data-run")];
        const all = (await askStock("text/text", { tag: tag!, run: run! })) as {
          text: string;
          step: number;
        }[];
        const words = await beside.stockPage().evaluate((html) => {
          const element = document.createElement("div");
          element.innerHTML = html;
          return element.textContent!.replace(/\s+/g, "");
        }, all.at(-1)!.text);
        await expect
          .poll(async () => ((await card.textContent()) ?? "").replace(/\s+/g, ""), PATIENCE)
          .toContain(words.slice(0, 200));
      }
      await reading.close();
    });

    test("images: every run's, at the newest step", async () => {
      const tags = (await stockTags("images")) as Record<string, Record<string, { samples: number }>>;
      for (const fragment of ["images", "timeseries?kinds=images"]) {
        const page = await open(fragment, 4000);
        const expected: string[] = [];
        for (const [run, of] of Object.entries(tags))
          for (const [tag, { samples }] of Object.entries(of))
            for (let sample = 0; sample < samples; sample++) {
              const parameters = { tag, run, sample: String(sample) };
              const all = (await askStock("images/images", parameters)) as { step: number }[];
              expected.push(`${tag} ${run} ${all.at(-1)!.step}`);
            }
        const tiles = async () => {
          // Of many in a card that scrolls, those at its end are built when they are scrolled to.
          await page.locator(".image-tiles").evaluateAll((all) => {
            for (const one of all) one.scrollTop = one.scrollHeight;
          });
          return page.locator(".image-tile").evaluateAll((found) =>
            found
              .map((tile) => {
                const tag = tile.closest("[data-tag]")!.getAttribute("data-tag");
                return `${tag} ${tile.getAttribute("data-run")} ${tile.getAttribute("data-step")}`;
              })
              .sort(),
          );
        };
        await expect.poll(tiles, PATIENCE).toEqual(expected.sort());
        await page.close();
      }
    });

    test("PR curves: every run's, with stock's numbers at a threshold", async () => {
      const tags = await stockTags("pr_curves");
      const page = await open("pr_curves", 2500);
      for (const [run, of] of Object.entries(tags))
        for (const tag of Object.keys(of)) {
          const card = page.locator(`.card[data-tag="${tag}"]`);
          await card.locator(".pr-legend").getByText(run, { exact: true }).waitFor(PATIENCE);
          const answer = (await askStock("pr_curves/pr_curves", { tag, run })) as Record<
            string,
            { precision: number[]; recall: number[]; thresholds: number[]; step: number }[]
          >;
          const newest = answer[run]!.at(-1)!;
          await card.locator("canvas.chart-hover").focus();
          await page.keyboard.press("ArrowLeft");
          const cells = card.locator(".plot-tip td");
          await expect.poll(() => cells.count(), PATIENCE).toBe(8);
          const [threshold, precision, recall] = (await cells.allTextContents()).map(Number);
          const at = newest.thresholds.findIndex((one) => Math.abs(one - threshold!) < 1e-4);
          expect(precision).toBeCloseTo(newest.precision[at]!, 3);
          expect(recall).toBeCloseTo(newest.recall[at]!, 3);
        }
      await page.close();
    });

    test("hyperparameters: every session, with what it was given and what came of it", async () => {
      const stockPage = beside.stockPage();
      await stockPage.goto("about:blank");
      const asked = stockPage.waitForResponse((response) => response.url().includes("session_groups"));
      await stockPage.goto(`${beside.stockUrl()}#hparams`);
      const { sessionGroups } = (await (await asked).json()) as {
        sessionGroups: {
          hparams: Record<string, string | number | boolean>;
          sessions: { name: string; metricValues: { value: number }[] }[];
        }[];
      };
      const page = await open("hparams", 1600);
      const rows = page.locator(".hp-table tbody tr");
      await expect.poll(() => rows.count(), PATIENCE).toBeGreaterThanOrEqual(sessionGroups.length);
      for (const { sessions, hparams } of sessionGroups)
        for (const { name, metricValues } of sessions) {
          const cells = await rows.filter({ hasText: name }).locator("td").allTextContents();
          for (const value of Object.values(hparams))
            expect(
              cells.map((cell) => (typeof value === "number" ? Number(cell) : cell)),
              name,
            ).toContain(typeof value === "boolean" ? String(value) : value);
          for (const { value } of metricValues)
            expect(
              cells.some((cell) => Math.abs(Number(cell) - value) <= Math.abs(value) * 1e-4),
              `${name}: ${value}`,
            ).toBe(true);
        }
      await page.close();
    });

    test("graphs: every run and tag", async () => {
      const info = (await stockTags("graphs", "plugin/graphs/info")) as unknown as Record<
        string,
        { run_graph: boolean; tags: Record<string, unknown> }
      >;
      const page = await open("graphs", 900);
      const options = page.locator("main select").first().locator("option");
      const expected = Object.entries(info).filter(
        ([, { run_graph, tags }]) => run_graph || Object.keys(tags).length > 0,
      );
      await expect.poll(() => options.count(), PATIENCE).toBeGreaterThanOrEqual(expected.length);
      const names = (await options.allTextContents()).join("\n");
      for (const [run] of expected) expect(names).toContain(run);
      await page.close();
    });

    test("meshes: every run's, every one of a batch, with as many vertices at the newest step", async () => {
      const tags = (await stockTags("mesh")) as Record<string, Record<string, { samples: number }>>;
      const expected: string[] = [];
      for (const [run, of] of Object.entries(tags))
        for (const [tag, { samples }] of Object.entries(of)) {
          const parts = (await askStock("mesh/meshes", { run, tag })) as { step: number }[];
          const step = Math.max(...parts.map((part) => part.step));
          for (let sample = 0; sample < samples; sample++) {
            const query = new URLSearchParams({
              run,
              tag,
              sample: String(sample),
              step: String(step),
              content_type: "VERTEX",
            });
            const bytes = Buffer.from(await beside.bytesOfStock(`data/plugin/mesh/data?${query}`), "base64");
            expected.push(`${tag} ${run} ${sample} ${step} ${bytes.length / 12}`);
          }
        }
      const page = await open("mesh", 3000);
      const tiles = () =>
        page.locator(".mesh-tile").evaluateAll((found) =>
          found
            .map((tile) => {
              const of = (name: string) =>
                tile.closest(`[data-${name}]`)?.getAttribute(`data-${name}`) ??
                tile.querySelector(`[data-${name}]`)?.getAttribute(`data-${name}`);
              return ["tag", "run", "sample", "step", "vertices"].map(of).join(" ");
            })
            .sort(),
        );
      await expect.poll(tiles, PATIENCE).toEqual(expected.sort());
      await page.close();
    });

    test("custom scalars: every chart of the layout, with every line that stock draws", async () => {
      const layout = (await stockTags("custom_scalars", "plugin/custom_scalars/layout")) as unknown as {
        category?: { title: string; chart: { title: string; multiline?: { tag: string[] } }[] }[];
      };
      const page = await open("custom_scalars?values=1&smoothing=0", 6000);
      const categories = layout.category ?? [];
      const charts = categories.flatMap(({ title, chart }) =>
        chart.map((one) => ({ category: title, ...one })),
      );
      await expect
        .poll(async () => (await shown(page, ".card")).map((text) => text.trim()), PATIENCE)
        .toEqual(charts.map(({ category, title }) => `${category}/${title}`).sort());
      const runs = (await beside
        .stockPage()
        .evaluate(async () => (await fetch("data/runs")).json())) as string[];
      for (const { category, title, multiline } of charts) {
        const lines: { name: string; value: number }[] = [];
        for (const tag of multiline?.tag ?? [])
          for (const run of runs) {
            const { tag_to_events } = (await askStock("custom_scalars/scalars", { run, tag })) as {
              tag_to_events: Record<string, [number, number, number][]>;
            };
            for (const [name, points] of Object.entries(tag_to_events ?? {}))
              if (points.length > 0) lines.push({ name: `${run} ${name}`, value: points.at(-1)![2] });
          }
        const rows = page.locator(`.card[data-tag="${category}/${title}"] .values-table tbody tr`);
        await expect.poll(() => rows.count(), PATIENCE).toBeGreaterThanOrEqual(Math.min(1, lines.length));
        const values = (await rows.locator('[data-column="value"]').allTextContents())
          .map(numberOf)
          .sort((a, b) => a - b);
        const theirs = lines.map(({ value }) => value).sort((a, b) => a - b);
        if (multiline) expect(values).toHaveLength(theirs.length);
        for (const [i, value] of theirs.entries())
          expectNear(String(values[i]), value, `${title}, line ${i}`);
      }
      await page.close();
    });
  },
);
