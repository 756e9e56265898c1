/** The dashboard shown: the address's, or the first that the logs have something for. */
import { computed, effect } from "@preact/signals";
import { dashboards, hasData } from "../dashboards/index.ts";
import { status } from "./session.ts";
import { dashboardName } from "./url-state.ts";

/** Dashboards with data first, each part in the order of the list. */
export const orderedDashboards = computed(() => {
  const withData = new Set(dashboards.filter(hasData));
  return {
    withData: dashboards.filter((dashboard) => withData.has(dashboard)),
    without: dashboards.filter((dashboard) => !withData.has(dashboard)),
  };
});

const named = computed(() => dashboards.find((dashboard) => dashboard.name === dashboardName.value) ?? null);
const isReading = computed(() => status.value?.loading.loading !== false);

/** The dashboard to begin with; null while that cannot be told, or where there is none. */
const landing = computed(() => {
  const first = orderedDashboards.value.withData[0];
  // Graphs and embeddings are often logged before anything else, and are the last of the tabs.
  return !first || (first.standsAlone && isReading.value) ? null : first;
});

export const currentDashboard = computed(() => named.value ?? landing.value ?? dashboards[0]!);

/** Whether the address names no dashboard, and it is yet to be seen which one has data. */
export const isUndecided = computed(
  () =>
    named.value === null &&
    landing.value === null &&
    (isReading.value || dashboards.some(({ isKnown }) => isKnown?.() === false)),
);

/** So long others may turn out to have data after all that was known was read. */
const SETTLE_MS = 500;

/** Names the dashboard to show where the address does not, once it is known what the logs hold. */
export function startDashboard(): void {
  effect(() => {
    const found = landing.value;
    if (dashboardName.value !== "" || !found) return;
    const settle = (): void => {
      dashboardName.value = found.name;
    };
    if (!found.standsAlone) return settle();
    const timer = setTimeout(settle, SETTLE_MS);
    return () => clearTimeout(timer);
  });
}
