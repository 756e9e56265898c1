/**
 * When something is on a page: looked for every few milliseconds, in the page. What a browser's driver waits with looks
 * every half second after the first moments, which is more than what is measured here; and to look with every frame would
 * have the browser make frames all the while.
 */
import type { Page } from "playwright-core";

/** Shadow roots are found by whoever makes them: to search the whole page for them would cost pages that have many. */
const KEEP_ROOTS = `(() => {
  const roots = [document];
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (options) {
    const root = attach.call(this, options);
    roots.push(root);
    return root;
  };
  globalThis.benchRoots = roots;
  // What tsx puts around named functions, which are run in the page here.
  globalThis.__name ??= (named) => named;
})()`;

/** To be called before the page is opened. */
export async function watchPage(page: Page): Promise<void> {
  await page.addInitScript(KEEP_ROOTS);
}

export interface Sought {
  readonly selector: string;
  /** Text that it has, all of it: without spaces around it. */
  readonly text?: readonly string[];
  /** Whether it takes room on the page; being there is enough when left out. */
  readonly visible?: boolean;
  /** Whether it is an image that has been decoded. */
  readonly decoded?: boolean;
}

/** Resolves as soon as such an element is there; looks through shadow roots. */
export async function seen(page: Page, sought: Sought): Promise<void> {
  await page.evaluate(async ({ selector, text, visible, decoded }) => {
    const roots: (Document | ShadowRoot)[] = Reflect.get(globalThis, "benchRoots");
    for (;;) {
      for (const root of roots)
        for (const element of root.querySelectorAll<HTMLElement>(selector)) {
          if (text && !text.includes(element.textContent?.trim() ?? "")) continue;
          if (visible && element.getClientRects().length === 0) continue;
          if (decoded) await (element as unknown as HTMLImageElement).decode();
          return;
        }
      await new Promise((resolve) => setTimeout(resolve, 8));
    }
  }, sought);
}
