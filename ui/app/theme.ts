/** Light, dark or as the system says. The choice is kept in this browser; a link may carry one of its own. */
import { computed, effect, signal } from "@preact/signals";
import { type ChartTheme, readChartTheme } from "../charts/theme.ts";
import { readSetting, writeSetting } from "./local-settings.ts";
import { printing } from "./printing.ts";
import type { Scheme } from "./run-colors.ts";
import { choiceField } from "./url-fields.ts";
import { urlSignal } from "./url-state.ts";

export type ThemeChoice = "system" | Scheme;

const KEY = "theme";
const systemDark = window.matchMedia("(prefers-color-scheme: dark)");
const systemScheme = signal<Scheme>(systemDark.matches ? "dark" : "light");
const chosen = signal<ThemeChoice>(
  choiceField<ThemeChoice>(["system", "light", "dark"]).parse(readSetting(KEY) ?? ""),
);
const linked = urlSignal("theme", choiceField<"" | Scheme>(["", "light", "dark"]));

export const themeChoice = computed<ThemeChoice>(() => linked.value || chosen.value);
export const scheme = computed<Scheme>(() => {
  if (printing.value) return "light";
  return themeChoice.value === "system" ? systemScheme.value : themeChoice.value;
});
/** Colours for charts; changes after the page's own have. */
export const chartTheme = signal<ChartTheme>(readChartTheme());

export function chooseTheme(choice: ThemeChoice): void {
  linked.value = "";
  chosen.value = choice;
  writeSetting(KEY, choice);
}

/** Applies the theme to the page and follows the system. */
export function startTheme(): void {
  systemDark.addEventListener("change", () => {
    systemScheme.value = systemDark.matches ? "dark" : "light";
  });
  effect(() => {
    document.documentElement.dataset.theme = scheme.value;
    chartTheme.value = readChartTheme();
  });
}
