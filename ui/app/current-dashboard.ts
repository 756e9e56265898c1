/** The dashboard shown: the address's, or the first that the logs have something for. */
import { computed, effect } from "@preact/signals";
import { dashboards, hasData } from "../dashboards/index.ts";
import { catalog } from "./session.ts";
import { dashboardName } from "./url-state.ts";

export const currentDashboard = computed(
  () => dashboards.find((dashboard) => dashboard.name === dashboardName.value) ?? dashboards[0]!,
);

/** Dashboards with data first, each part in the order of the list. */
export const orderedDashboards = computed(() => {
  const withData = new Set(dashboards.filter(hasData));
  return {
    withData: dashboards.filter((dashboard) => withData.has(dashboard)),
    without: dashboards.filter((dashboard) => !withData.has(dashboard)),
  };
});

/** Names the dashboard to show where the address does not, once it is known what the logs hold. */
export function startDashboard(): void {
  const stop = effect(() => {
    if (dashboardName.value !== "" || (catalog.value?.tags.length ?? 0) === 0) return;
    dashboardName.value = (orderedDashboards.value.withData[0] ?? currentDashboard.value).name;
    queueMicrotask(() => stop());
  });
}
