/** What is new shows on every dashboard without a click, and nothing that a person looks at moves meanwhile. */
import type { Page } from "playwright-core";
import { afterAll, expect, test } from "vitest";
import { WITH_WEBGL } from "../../scripts/chromium.ts";
import { describeInBrowser } from "../tools/chromium.ts";
import { DASHBOARDS, EveryKind, FIRST_STEPS, fragmentOf, shownAt, titleOf } from "./every-kind.ts";
import { servedPage } from "./served-page.ts";

const PATIENCE = { timeout: 30_000 };
const CASES = DASHBOARDS.flatMap((one) =>
  one.newest ? [{ ...one, newest: one.newest, title: titleOf(one) }] : [],
);

describeInBrowser("live", { timeout: 60_000 }, () => {
  let logs: EveryKind;
  let last = FIRST_STEPS - 1;
  const served = servedPage(async (logdir) => {
    logs = await new EveryKind(logdir).begin();
  }, WITH_WEBGL);
  afterAll(() => logs?.close());

  test.each(CASES)("$title", async (one) => {
    const page = await served.open(fragmentOf(one), {
      viewport: { width: 1100, height: 520 },
      reducedMotion: "reduce",
    });
    await page.waitForFunction(shownAt, one.newest(last), PATIENCE);
    await page.locator("main").evaluate((main) => main.scrollBy(0, 130));
    await page.waitForLoadState("networkidle");
    const place = await page.locator("main").evaluate((main) => main.scrollTop);
    await watchPlaces(page);
    for (let i = 0; i < 3; i++) {
      last = logs.more();
      await logs.flush();
      await page.waitForFunction(shownAt, one.newest(last), PATIENCE);
    }
    await page.waitForTimeout(300);
    expect(await page.locator("main").evaluate((main) => main.scrollTop)).toBe(place);
    expect(await page.evaluate(() => Reflect.get(globalThis, "moved") as string[])).toEqual([]);
  });
});

/** Remembers what of the page moves, from one frame to the next: headings and cards, and what is in them. */
function watchPlaces(page: Page): Promise<void> {
  return page.evaluate(() => {
    const moved: string[] = [];
    Reflect.set(globalThis, "moved", moved);
    const watched = [...document.querySelectorAll(".group > h2, main .card, main .card > *, main .hp > *")];
    const places = watched.map((element) => element.getBoundingClientRect().top);
    const look = (): void => {
      for (const [i, element] of watched.entries()) {
        const now = element.getBoundingClientRect().top;
        const name = `${element.tagName}.${element.className} ${element.textContent?.slice(0, 30)}`;
        if (!element.isConnected) moved.push(`${name} is gone`);
        else if (Math.abs(now - places[i]!) > 1) moved.push(`${name} by ${now - places[i]!}`);
        else continue;
        watched.splice(i, 1);
        places.splice(i, 1);
      }
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}
