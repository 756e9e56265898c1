/** Writers that are open in a web page: when it is hidden they send what they hold, and once more when it goes. */

/** What has something to send. */
export interface Holder {
  /** The page is hidden: it may go on, but on a phone perhaps not for long. */
  flush(): Promise<void>;
  /** The page goes, perhaps for good. */
  sendAhead(): void;
}

const holders = new Set<Holder>();

/** Adds a writer to those that are told; the page is watched while there is one. Elsewhere nothing happens. */
export function watchPage(holder: Holder): void {
  holders.add(holder);
  if (holders.size === 1) listen("addEventListener");
}

export function unwatchPage(holder: Holder): void {
  if (holders.delete(holder) && holders.size === 0) listen("removeEventListener");
}

function listen(change: "addEventListener" | "removeEventListener"): void {
  const method: unknown = Reflect.get(globalThis, change);
  if (typeof method !== "function") return;
  // Both reach the window: `visibilitychange` bubbles up to it.
  method.call(globalThis, "visibilitychange", onVisibility);
  method.call(globalThis, "pagehide", onPageHide);
}

function onVisibility(): void {
  for (const holder of holders) void holder.flush();
}

function onPageHide(): void {
  for (const holder of holders) holder.sendAhead();
}
