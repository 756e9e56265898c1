/** What all dashboards have in common: axe finds nothing, a thumb works them on a phone, the keyboard reaches all there is. */
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { expect, onTestFinished, test } from "vitest";
import { WITH_WEBGL } from "../../scripts/chromium.ts";
import { startServer } from "../../server/index.ts";
import { createFileWriter } from "../../summary/index.ts";
import { describeInBrowser, openPage } from "../tools/chromium.ts";
import { looks } from "../tools/looks.ts";
import { temporaryDirectory } from "../tools/records.ts";
import { DASHBOARDS, type DashboardCase, EveryKind, fragmentOf, titleOf } from "./every-kind.ts";
import { servedPage } from "./served-page.ts";

const PATIENCE = { timeout: 30_000 };
const CASES = DASHBOARDS.map((one) => ({ ...one, title: titleOf(one) }));
const WIDE = { width: 1280, height: 900 };
const PHONE = { viewport: { width: 390, height: 700 }, hasTouch: true, isMobile: true };

describeInBrowser("every dashboard", { timeout: 120_000 }, () => {
  const served = servedPage(async (logdir) => {
    const logs = await new EveryKind(logdir).begin();
    await logs.close();
  }, WITH_WEBGL);

  async function open(one: DashboardCase, options: Parameters<typeof served.open>[1] = {}): Promise<Page> {
    const page = await served.open(fragmentOf(one), { reducedMotion: "reduce", ...options });
    await page.locator(one.ready).first().waitFor(PATIENCE);
    return page;
  }

  test.each(CASES)("$title: nothing that axe objects to", async (one) => {
    for (const { colorScheme, width } of looks) {
      const page = await open(one, { colorScheme, ...(width < 720 ? PHONE : { viewport: WIDE }) });
      await page.locator(`html[data-theme="${colorScheme}"]`).waitFor();
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`),
        `${colorScheme}, ${width} px`,
      ).toEqual([]);
    }
  });

  test.each(CASES)(
    "$title: on a phone nothing is cut, all is large enough, and a thumb works it",
    async (one) => {
      const page = await open(one, PHONE);
      const { violations } = await new AxeBuilder({ page }).withRules(["target-size"]).analyze();
      expect(violations.flatMap(({ nodes }) => nodes.map(({ html }) => html))).toEqual([]);
      expect(await sticksOut(page)).toEqual([]);
      const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(tooWide).toBeLessThanOrEqual(0);
      if (one.name === "projector" || one.name === "graphs") return;

      // A thumb that swipes over the picture scrolls the page.
      const thumb = await thumbOf(page);
      const top = () => page.locator("main").evaluate((main) => main.scrollTop);
      const room = await page.locator("main").evaluate((main) => main.scrollHeight - main.clientHeight);
      const target = page.locator(one.picture ?? one.ready).first();
      await target.scrollIntoViewIfNeeded();
      if (room > 80 && one.name !== "mesh") {
        const before = await top();
        const box = (await target.boundingBox())!;
        const up = before < room / 2;
        const y = Math.min(box.y + box.height / 2, 560);
        await thumb.swipe(box.x + box.width / 2, y, up ? -150 : 150);
        await expect.poll(async () => Math.abs((await top()) - before), PATIENCE).toBeGreaterThan(40);
      }
      // A tap opens the runs, switches one off, and another tap outside closes them.
      await page.getByRole("button", { name: "Runs", exact: true }).tap();
      await page.locator(".sidebar.is-drawer").waitFor();
      await page.getByRole("treeitem", { name: "wide" }).tap();
      await page.locator(".shade").tap({ position: { x: 370, y: 400 } });
      await page.locator(".sidebar.is-drawer").waitFor({ state: "detached" });
      await expect.poll(() => new URL(page.url()).hash, PATIENCE).toMatch(/runs=/);
    },
  );

  test.each(CASES)("$title: the keyboard reaches and works all there is", async (one) => {
    const page = await open(one);
    const { reached, hidden, plain } = await tabThrough(page);
    expect(hidden, "focused out of sight").toEqual([]);
    expect(plain, "focused without showing it").toEqual([]);
    expect(await notReached(page, reached), "never focused").toEqual([]);

    const slider = page.locator(".step-bar .step-track");
    if (await slider.count()) {
      await slider.focus();
      await page.keyboard.press("ArrowLeft");
      await expect.poll(() => new URL(page.url()).hash, PATIENCE).toMatch(/[?&]step=10/);
    }
    if (one.picture === undefined) return;
    const picture = page.locator(one.picture).first();
    await picture.focus();
    const before = await looksOf(page, one.picture);
    for (const key of one.picture === ".image-tiles" ? ["+"] : ["ArrowRight", "ArrowRight"])
      await page.keyboard.press(key);
    await expect.poll(() => looksOf(page, one.picture!), PATIENCE).not.toBe(before);
  });

  test("without data, each says how to log what it shows, in every library, into the folder that is watched", async () => {
    const logdir = temporaryDirectory();
    const server = await startServer({ logdir, port: 0, threads: 0 });
    onTestFinished(() => server.close());
    const writer = createFileWriter(`${logdir}/run`);
    writer.tensor("of nobody", Float32Array.of(1), { step: 0, plugin: "nobody's" });
    await writer.close();
    const { page } = await openPage(served.browser);
    onTestFinished(() => page.context().close());
    await page.goto(server.url);
    await page.locator("html[data-ready]").waitFor(PATIENCE);
    for (const { name } of CASES) {
      await page.goto(`${server.url}#${name}`);
      await page.locator(".snippet pre").waitFor(PATIENCE);
      const code = new Set<string | null>();
      for (const library of ["TypeScript", "Keras", "PyTorch", "JAX"]) {
        await page.locator(".snippet").getByText(library, { exact: true }).click();
        const text = await page.locator(".snippet pre").textContent();
        expect(text, `${name}, ${library}`).toContain(logdir);
        code.add(text);
      }
      // Keras and JAX may log by the same library.
      expect(code.size, name).toBeGreaterThan(2);
      await page.getByRole("button", { name: /^Copy: how to log from/ }).waitFor();
    }
  });
});

/** What stands over the right edge of the screen, and is in nothing that scrolls sideways. */
const sticksOut = (page: Page): Promise<string[]> =>
  page.locator("main *").evaluateAll((elements) =>
    elements
      .filter((element) => {
        const { right, width, height } = element.getBoundingClientRect();
        if (right <= innerWidth + 1 || width === 0 || height === 0) return false;
        for (let above = element.parentElement; above; above = above.parentElement)
          if (
            getComputedStyle(above).overflowX !== "visible" &&
            above.getBoundingClientRect().right <= innerWidth + 1
          )
            return false;
        return true;
      })
      .map((element) => element.outerHTML.slice(0, 120)),
  );

async function thumbOf(page: Page) {
  const session = await page.context().newCDPSession(page);
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", points: { x: number; y: number }[]) =>
    session.send("Input.dispatchTouchEvent", { type, touchPoints: points });
  return {
    async swipe(x: number, y: number, by: number) {
      await touch("touchStart", [{ x, y }]);
      for (let i = 1; i <= 8; i++) await touch("touchMove", [{ x, y: y + (by * i) / 8 }]);
      // A finger that rests before it is lifted throws nothing on.
      await page.waitForTimeout(150);
      await touch("touchMove", [{ x, y: y + by }]);
      await touch("touchEnd", []);
    },
  };
}

interface Walk {
  readonly reached: ReadonlySet<string>;
  readonly hidden: string[];
  readonly plain: string[];
}

const MOST_STOPS = 400;

/** Presses Tab until the focus has left the page; marks what it stood on. */
async function tabThrough(page: Page): Promise<Walk> {
  const reached = new Set<string>();
  const hidden: string[] = [];
  const plain: string[] = [];
  let stops = 1;
  for (let i = 0; i < MOST_STOPS; i++) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate((mark) => {
      const element = document.activeElement;
      if (!element || element === document.body) return null;
      const before = element.getAttribute("data-reached");
      // A player has stops of its own.
      if (before === String(mark - 1)) return "same";
      if (before !== null) return "again";
      element.setAttribute("data-reached", String(mark));
      // A radio button, a box or a field of files lies invisible behind a label that is seen.
      const label = element instanceof HTMLInputElement ? element.labels?.[0] : null;
      const shown = element.getBoundingClientRect().width > 4 || !label ? element : label;
      const { left, top, width, height } = shown.getBoundingClientRect();
      const seen = [1, width / 2, width - 1]
        .map((x) => document.elementFromPoint(left + x, top + Math.min(height, 20) / 2))
        .find((found) => found && (shown.contains(found) || found.contains(shown)));
      // Something of it looks otherwise than without the focus.
      const around = [element, shown, element.nextElementSibling, element.parentElement];
      const looks = (): string =>
        around
          .map((one) => one && getComputedStyle(one))
          .map((style) => `${style?.outline} ${style?.boxShadow} ${style?.background} ${style?.borderColor}`)
          .join();
      const focused = looks();
      if (element instanceof HTMLElement) {
        element.blur();
        const blurred = looks();
        element.focus({ preventScroll: true });
        return {
          html: element.outerHTML.slice(0, 140),
          seen: seen !== undefined,
          marked: focused !== blurred,
        };
      }
      return null;
    }, stops);
    if (at === "same") continue;
    if (at === null || at === "again") {
      if (reached.size > 3) return { reached, hidden, plain };
      continue;
    }
    stops++;
    reached.add(at.html);
    if (!at.seen) hidden.push(at.html);
    if (!at.marked) plain.push(at.html);
  }
  throw new Error(`the focus is still on the page after ${MOST_STOPS} presses of Tab`);
}

/** Controls that are on the page and were never focused, but for those that arrow keys reach inside of what was. */
const notReached = (page: Page, reached: ReadonlySet<string>): Promise<string[]> => {
  expect(reached.size).toBeGreaterThan(5);
  return page
    .locator("button, a[href], input, select, textarea, summary, audio[controls], [tabindex='0']")
    .evaluateAll((all) =>
      all
        .filter((element) => {
          if (!(element instanceof HTMLElement) || element.hasAttribute("data-reached")) return false;
          if (element.tabIndex < 0 || ("disabled" in element && element.disabled)) return false;
          if (
            element.closest("[inert], [aria-hidden='true']") ||
            !element.checkVisibility({ visibilityProperty: true })
          )
            return false;
          // One of a group of radio buttons is reached by Tab, the others by arrow keys.
          return !(
            element instanceof HTMLInputElement &&
            element.type === "radio" &&
            document.querySelector(`input[type=radio][name="${element.name}"][data-reached]`)
          );
        })
        .map((element) => element.outerHTML.slice(0, 140)),
    );
};

/** The first picture with what is said and shown beside it. */
const looksOf = (page: Page, picture: string): Promise<string> =>
  page
    .locator(picture)
    .first()
    .evaluate((element) => {
      const around = element.closest(".plot, .card") ?? element;
      const pixels = element instanceof HTMLCanvasElement && element.toDataURL();
      return `${pixels} ${around.textContent} ${element.querySelector("img")?.style.transform ?? ""}`;
    });
