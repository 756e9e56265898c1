/**
 * The page on paper. Cards are built only near the screen, and their data takes a moment: so Ctrl+P first builds them all,
 * waits until they are drawn, and then asks the browser to print. The browser's own menu prints what there is.
 */
import { signal } from "@preact/signals";

/** True from before the page is printed until after. */
export const printing = signal(false);

/** Width of a card on paper, CSS pixels: two stand side by side on A4 and Letter. print.css has the same. */
export const PRINT_WIDTH = { card: 340, wide: 690 };

const MOST_MS = 8000;
const STILL_MS = 400;

export function startPrinting(): void {
  window.addEventListener("beforeprint", () => {
    printing.value = true;
  });
  window.addEventListener("afterprint", () => {
    printing.value = false;
  });
  window.addEventListener("keydown", (event) => {
    if (
      event.key.toLowerCase() !== "p" ||
      !(event.ctrlKey || event.metaKey) ||
      event.shiftKey ||
      event.altKey
    )
      return;
    event.preventDefault();
    printing.value = true;
    void untilDrawn().then(() => window.print());
  });
}

/** Until nothing on the page has changed for a while, or it has taken too long. */
function untilDrawn(): Promise<void> {
  return new Promise((resolve) => {
    let timer = 0;
    const finish = (): void => {
      observer.disconnect();
      clearTimeout(timer);
      clearTimeout(latest);
      resolve();
    };
    const wait = (): void => {
      clearTimeout(timer);
      timer = window.setTimeout(finish, STILL_MS);
    };
    const observer = new MutationObserver(wait);
    const latest = window.setTimeout(finish, MOST_MS);
    observer.observe(document.body, { subtree: true, childList: true, attributes: true });
    wait();
  });
}
