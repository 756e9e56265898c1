/** Keeps view state and the address in step: a signal made here is read from the URL and written back to it. */
import { batch, effect, type Signal, signal } from "@preact/signals";
import { chosen, Lasting, type Lasts, type Storage } from "./lasting.ts";
import { readSetting, writeSetting } from "./local-settings.ts";
import { formatFragment, parseFragment, type UrlField } from "./url-fields.ts";

interface Entry {
  readonly name: string;
  read(text: string | undefined): void;
  write(): string | undefined;
}

const WRITE_DELAY_MS = 150;
const entries: Entry[] = [];
const entryCount = signal(0);
let current = parseFragment(location.hash);
/** While the address is read back. */
let isReading = false;

/** Name of the dashboard shown; empty means the first there is. */
export const dashboardName = signal(current.dashboard);

interface UrlSignalOptions<T> {
  /** Whether what a person chooses here is how their next visit begins, or what of it. */
  readonly lasting?: boolean | Lasts<T>;
}

/** A signal kept in the URL under `name`. Call it once per name, at module level. */
export function urlSignal<T>(
  name: string,
  field: UrlField<T>,
  { lasting = false }: UrlSignalOptions<T> = {},
): Signal<T> {
  const parse = (text: string | undefined): T => (text === undefined ? field.fallback : field.parse(text));
  const inAddress = current.params.get(name);
  const kept = lasting
    ? new Lasting<T>(field, lasting === true ? chosen : lasting, storageOf(`view.${name}`), inAddress)
    : null;
  const state = signal(kept ? kept.value : parse(inAddress));
  if (kept)
    effect(() => {
      if (isReading) kept.linked(state.value);
      else kept.choose(state.value);
    });
  entries.push({
    name,
    read(text) {
      if (text !== field.format(state.peek())) state.value = parse(text);
    },
    write: () => field.format(state.value),
  });
  entryCount.value = entries.length;
  return state;
}

const storageOf = (setting: string): Storage => ({
  read: () => readSetting(setting),
  write: (text) => writeSetting(setting, text),
});

/** Starts writing state to the address, and reading it back when a link or the history changes it. */
export function syncWithAddress(): void {
  let timer = 0;
  const write = (fragment: string, asNewEntry: boolean): void => {
    current = parseFragment(fragment);
    if (fragment === location.hash) return;
    const url = `${location.pathname}${location.search}${fragment}`;
    if (asNewEntry) history.pushState(null, "", url);
    else history.replaceState(null, "", url);
  };
  effect(() => {
    const dashboard = dashboardName.value;
    // Parameters of dashboards that are not loaded yet have no entry here: they stay as they came.
    const params = new Map(entryCount.value > 0 ? current.params : []);
    for (const entry of entries) {
      const text = entry.write();
      if (text === undefined) params.delete(entry.name);
      else params.set(entry.name, text);
    }
    const fragment = formatFragment({ dashboard, params });
    clearTimeout(timer);
    if (dashboard !== current.dashboard) write(fragment, current.dashboard !== "");
    else timer = window.setTimeout(write, WRITE_DELAY_MS, fragment, false);
  });
  window.addEventListener("popstate", () => {
    if (location.hash === formatFragment(current)) return;
    clearTimeout(timer);
    current = parseFragment(location.hash);
    isReading = true;
    batch(() => {
      dashboardName.value = current.dashboard;
      for (const entry of entries) entry.read(current.params.get(entry.name));
    });
    isReading = false;
  });
}
