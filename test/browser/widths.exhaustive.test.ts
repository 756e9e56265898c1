/** Every dashboard from a phone to a wide screen: columns of cards fill the room evenly, and nothing scrolls sideways. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { WITH_WEBGL } from "../../scripts/chromium.ts";
import { describeInBrowser } from "../tools/chromium.ts";
import { corpusLogs } from "../tools/stock-answers.ts";
import { DASHBOARDS, EveryKind, fragmentOf, titleOf } from "./every-kind.ts";
import { servedPage } from "./served-page.ts";

const PATIENCE = { timeout: 30_000 };
const WIDTHS = [390, 768, 1024, 1400, 1920];
/** Pixels between cards. */
const GAP = 10;

const CASES = DASHBOARDS.map((one) => ({ ...one, title: titleOf(one) }));
const WITHOUT_CARDS = new Set(["hparams", "graphs", "projector"]);

/** Boards of cards in columns: what each has, in pixels from its left edge. */
interface Columns {
  readonly room: number;
  readonly tracks: readonly number[];
  /** Cards that are as wide as a column, and those that take a whole row. */
  readonly cards: readonly { readonly left: number; readonly width: number; readonly whole: boolean }[];
}

const columnsOf = (page: Page): Promise<Columns[]> =>
  page.locator("main .cards").evaluateAll((grids) =>
    grids.map((grid) => {
      const { left, width } = grid.getBoundingClientRect();
      const style = getComputedStyle(grid);
      return {
        room: width,
        tracks: style.gridTemplateColumns.split(" ").map(Number.parseFloat),
        cards: [...grid.children].map((card) => {
          const box = card.getBoundingClientRect();
          return {
            left: box.left - left,
            width: box.width,
            whole: getComputedStyle(card).gridColumnEnd === "-1",
          };
        }),
      };
    }),
  );

/** Room to the left and to the right of all sections. */
const gutters = (page: Page): Promise<[left: number, right: number][]> =>
  page.locator("main .cards").evaluateAll((grids) =>
    grids.map((grid) => {
      const own = grid.getBoundingClientRect();
      const main = grid.closest("main")!;
      const { left } = main.getBoundingClientRect();
      // Without its scroll bar.
      return [own.left - left, left + main.clientWidth - own.right] as [number, number];
    }),
  );

async function expectEven(page: Page, width: number): Promise<number> {
  const boards = await columnsOf(page);
  for (const { room, tracks, cards } of boards) {
    const column = (room - (tracks.length - 1) * GAP) / tracks.length;
    for (const track of tracks) expect(track, `a column at ${width} px`).toBeCloseTo(column, 0);
    for (const [i, card] of cards.entries()) {
      if (card.whole) {
        expect([card.left, card.width].map(Math.round), `a whole row at ${width} px`).toEqual([
          0,
          Math.round(room),
        ]);
        continue;
      }
      expect(card.width, `card ${i} at ${width} px`).toBeCloseTo(column, 0);
      const place = Math.round(card.left / (column + GAP)) * (column + GAP);
      expect(card.left, `card ${i} at ${width} px`).toBeCloseTo(place, 0);
    }
  }
  for (const [left, right] of await gutters(page)) {
    expect(Math.abs(left - right), `gutters of ${left} and ${right} at ${width} px`).toBeLessThan(1.5);
    expect(left).toBeLessThan(25);
  }
  return Math.max(0, ...boards.map(({ tracks }) => tracks.length));
}

const sideways = (page: Page): Promise<number[]> =>
  page.evaluate(() => {
    const main = document.querySelector("main")!;
    return [document.scrollingElement!.scrollWidth - innerWidth, main.scrollWidth - main.clientWidth];
  });

describeInBrowser("widths", { timeout: 120_000 }, () => {
  const kinds = servedPage(async (logdir) => {
    const logs = await new EveryKind(logdir).begin();
    await logs.close();
  }, WITH_WEBGL);
  const corpus = servedPage(corpusLogs, WITH_WEBGL);
  /** What stands on each page of the corpus once it is there. */
  const CORPUS: readonly [name: string, there: string][] = [
    ...["scalars", "timeseries", "images", "histograms", "distributions", "audio", "text", "pr_curves"],
    ...["custom_scalars", "mesh"],
  ]
    .map((name): [string, string] => [name, ".card"])
    .concat([
      ["hparams", ".hp-table tbody th"],
      ["graphs", "canvas.graph-canvas[data-boxes]"],
    ]);

  async function throughWidths(page: Page, drawn: () => Promise<unknown>): Promise<number[]> {
    const columns: number[] = [];
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      await drawn();
      await page.waitForTimeout(300);
      for (const over of await sideways(page)) expect(over, `at ${width} px`).toBeLessThanOrEqual(0);
      columns.push(await expectEven(page, width));
    }
    return columns;
  }

  /** One column on a phone, several on a wide screen; pages without cards have none. */
  function expectMore(columns: readonly number[], withCards: boolean): void {
    expect(columns).toEqual(columns.toSorted((a, b) => a - b));
    expect(columns[0]).toBe(withCards ? 1 : 0);
    if (withCards) expect(columns.at(-1)).toBeGreaterThan(2);
  }

  test.each(CASES)("$title of all kinds", async (one) => {
    const page = await kinds.open(fragmentOf(one), { reducedMotion: "reduce" });
    const columns = await throughWidths(page, () => page.locator(one.ready).first().waitFor(PATIENCE));
    expectMore(columns, !WITHOUT_CARDS.has(one.name));
  });

  test.each(CORPUS)("%s of many writers", async (name, there) => {
    const page = await corpus.open(name, { reducedMotion: "reduce" });
    const columns = await throughWidths(page, () => page.locator(there).first().waitFor(PATIENCE));
    expectMore(columns, !WITHOUT_CARDS.has(name));
  });
});
