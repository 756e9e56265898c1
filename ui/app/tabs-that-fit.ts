/** How many tabs stand in the bar. By their widths alone: the same window shows the same tabs, whatever is open. */

export interface TabRoom {
  /** Widths of all tabs, in their order; all in pixels. */
  readonly tabs: readonly number[];
  /** Between two of them, and before the menu. */
  readonly gap: number;
  /** Width of the menu that has the others. */
  readonly menu: number;
  /** Whether the menu has something of its own, so that it is there in any case. */
  readonly hasMenu: boolean;
  readonly room: number;
}

export function tabsThatFit({ tabs, gap, menu, hasMenu, room }: TabRoom): number {
  const all = tabs.reduce((sum, width) => sum + width + gap, -gap);
  if (!hasMenu && all <= room) return tabs.length;
  let used = menu;
  const fitting = tabs.findIndex((width) => {
    used += width + gap;
    return used > room;
  });
  return fitting < 0 ? tabs.length : fitting;
}
