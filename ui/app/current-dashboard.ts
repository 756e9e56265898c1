/** The dashboard shown: the address's, or the first. */
import { computed } from "@preact/signals";
import { dashboards } from "../dashboards/index.ts";
import { dashboardName } from "./url-state.ts";

export const currentDashboard = computed(
  () => dashboards.find((dashboard) => dashboard.name === dashboardName.value) ?? dashboards[0]!,
);
