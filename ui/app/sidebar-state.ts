/** Whether the list of runs is open, and how wide: this browser's affair, so not in the address. */
import { effect, signal } from "@preact/signals";
import { readSetting, writeSetting } from "./local-settings.ts";

export const SIDEBAR = { least: 160, most: 640, usual: 260 };

const narrow = window.matchMedia("(max-width: 720px)");

/** At phone width the list is a drawer over the page, closed at first. */
export const isDrawer = signal(narrow.matches);
const wideOpen = signal(readSetting("sidebar_open") !== "0");
const drawerOpen = signal(false);

export const sidebarOpen = {
  get value(): boolean {
    return isDrawer.value ? drawerOpen.value : wideOpen.value;
  },
  set value(open: boolean) {
    if (isDrawer.peek()) drawerOpen.value = open;
    else wideOpen.value = open;
  },
};

export const sidebarWidth = signal(clampWidth(Number(readSetting("sidebar_width")) || SIDEBAR.usual));

export function clampWidth(width: number): number {
  return Math.round(Math.min(SIDEBAR.most, Math.max(SIDEBAR.least, width)));
}

export function startSidebar(): void {
  narrow.addEventListener("change", () => {
    isDrawer.value = narrow.matches;
    drawerOpen.value = false;
  });
  effect(() => writeSetting("sidebar_open", wideOpen.value ? "1" : "0"));
  effect(() => writeSetting("sidebar_width", String(sidebarWidth.value)));
}
