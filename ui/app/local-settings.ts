/** Small settings of this browser; a browser that forbids storage simply forgets them. */

const PREFIX = "tsboard.";

export function readSetting(name: string): string | null {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

export function writeSetting(name: string, value: string): void {
  try {
    localStorage.setItem(PREFIX + name, value);
  } catch {
    // Storage is full or forbidden: the setting lasts as long as the page.
  }
}
