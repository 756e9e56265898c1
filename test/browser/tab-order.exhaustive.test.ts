/** Tab through whole dashboards, cards far from the screen too, on what TensorFlow and others wrote. */
import type { Page } from "playwright-core";
import { expect, onTestFinished, test } from "vitest";
import { describeInBrowser } from "../tools/chromium.ts";
import { corpusLogs } from "../tools/stock-answers.ts";
import { servedPage } from "./served-page.ts";

/** What has the focus, as far as it is in the dashboard. */
interface Stop {
  /** The label of the card that it is in; null outside of cards. */
  readonly card: string | null;
  readonly name: string;
  /** Index among what can have the focus in the card; -1 of the card itself, and outside of cards. */
  readonly place: number;
  /** How many there are. */
  readonly places: number;
  readonly isButton: boolean;
  /** What covers it, if anything does. */
  readonly coveredBy: string | null;
}

/** Called in the page: what has the focus now, once its card has loaded; null outside of the dashboard. */
async function focused(): Promise<Stop | null> {
  const element = document.activeElement;
  if (!(element instanceof HTMLElement) || !element.closest("main")) return null;
  const card = element.closest(".card");
  const patience = performance.now() + 5000;
  // A card far from the screen has the focus itself, and is built then.
  const isOnItsWay = (): boolean =>
    card?.querySelector(".is-loading") != null || (element === card && element.tabIndex === 0);
  while (isOnItsWay() && performance.now() < patience)
    await new Promise((resolve) => setTimeout(resolve, 20));
  const able = [
    ...(card ?? element).querySelectorAll<HTMLElement>(
      "button, input, select, summary, audio, a[href], [tabindex='0']",
    ),
  ];
  const shown = able.filter((one) => one.tabIndex >= 0 && one.checkVisibility() && !one.matches(":disabled"));
  const { left, top, width, height } = element.getBoundingClientRect();
  // A chart may reach under the bar, and has its tools on it.
  const across = element instanceof HTMLCanvasElement ? height : Math.min(height, 20);
  const above = document.elementFromPoint(left + width / 2, top + across / 2);
  // A field of a pixel stands for the button around it.
  const sees = above !== null && (element.contains(above) || above.contains(element) || width <= 1);
  const labels = element instanceof HTMLInputElement ? element.labels : null;
  const name = element.getAttribute("aria-label") ?? labels?.[0]?.textContent ?? element.textContent ?? "";
  return {
    card: card?.getAttribute("aria-label") ?? null,
    name: name.trim(),
    place: shown.indexOf(element),
    places: shown.length,
    isButton: element instanceof HTMLButtonElement,
    coveredBy: sees ? null : (above?.className ?? "nothing: it is out of sight"),
  };
}

/** Dashboards of cards. */
const names = [
  ...["scalars", "timeseries", "images", "histograms", "distributions", "audio", "text", "pr_curves"],
  ...["custom_scalars", "mesh"],
];

describeInBrowser("Tab goes through", () => {
  const served = servedPage(corpusLogs);

  test.each(names)(
    "%s: every card in order, each thing in it in sight under a name of its own, and back",
    {
      timeout: 90_000,
    },
    async (name) => {
      const context = await served.browser.newContext({ viewport: { width: 1280, height: 800 } });
      onTestFinished(() => context.close());
      const page = await context.newPage();
      await page.goto(`${served.server.url}#${name}`);
      await page.locator('html[data-ready="true"]').waitFor();
      await page.waitForLoadState("networkidle");
      await expectAllReached(page);
    },
  );
});

/** Presses Tab until the focus leaves the dashboard. */
async function walk(page: Page): Promise<Stop[]> {
  await page.locator("main").focus();
  const stops: Stop[] = [];
  for (;;) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(focused);
    if (stop === null) return stops;
    stops.push(stop);
  }
}

async function expectAllReached(page: Page): Promise<void> {
  const stops = await walk(page);
  const inCards = stops.filter(({ card }) => card !== null);
  const order = inCards.map(({ card }) => card).filter((card, i, all) => card !== all[i - 1]);
  const cards = page.locator("main .card");
  expect(order).toEqual(await cards.evaluateAll((all) => all.map((card) => card.getAttribute("aria-label"))));
  // In each card one after the other, without a gap; the players of sounds have several stops.
  for (const card of order) {
    const ofCard = inCards.filter((stop) => stop.card === card);
    const places = [...new Set(ofCard.map(({ place }) => place).filter((place) => place >= 0))];
    expect([card, places]).toEqual([card, Array.from({ length: ofCard.at(-1)!.places }, (_, i) => i)]);
  }
  expect(stops.filter((stop) => stop.name === "")).toEqual([]);
  const buttons = inCards.filter(({ isButton }) => isButton).map((stop) => stop.name);
  expect(buttons.filter((button, i) => buttons.indexOf(button) !== i)).toEqual([]);
  // Backwards, what comes from above would end under the bar.
  for (let i = 0; i < 30; i++) {
    await page.keyboard.press("Shift+Tab");
    const stop = await page.evaluate(focused);
    if (stop) stops.push(stop);
  }
  const covered = stops.filter(({ coveredBy }) => coveredBy !== null);
  expect(covered.map((stop) => [stop.name, stop.coveredBy])).toEqual([]);
}
