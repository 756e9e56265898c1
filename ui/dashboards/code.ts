/** Each dashboard's code, fetched when it is wanted. */
import type { ComponentType } from "preact";
import type { LogGuide } from "../board/log-guide.tsx";

/** What a dashboard's folder exports from its `index.tsx`. */
export interface DashboardModule {
  readonly default: ComponentType;
  /** How to log what it shows: for logs that have nothing of it. */
  readonly guide?: LogGuide;
}

/** By the dashboards' names in the address. */
const CODE = {
  scalars: () => import("./scalars/index.tsx"),
  timeseries: () => import("./time-series/index.tsx"),
  images: () => import("./images/index.tsx"),
  histograms: () => import("./histograms/index.tsx"),
  distributions: () => import("./distributions/index.tsx"),
  audio: () => import("./audio/index.tsx"),
  text: () => import("./text/index.tsx"),
  pr_curves: () => import("./pr-curves/index.tsx"),
  custom_scalars: () => import("./custom-scalars/index.tsx"),
  mesh: () => import("./mesh/index.tsx"),
  hparams: () => import("./hparams/index.tsx"),
  projector: () => import("./projector/index.tsx"),
  graphs: () => import("./graphs/index.tsx"),
} as const satisfies Readonly<Record<string, () => Promise<DashboardModule>>>;

export type DashboardName = keyof typeof CODE;

const loaded = new Map<DashboardName, DashboardModule>();

/** Fetches a dashboard's code, once. */
export async function loadDashboard(name: DashboardName): Promise<DashboardModule> {
  const module = await CODE[name]();
  loaded.set(name, module);
  return module;
}

/** A dashboard's code, if it is here. */
export function loadedDashboard(name: DashboardName): DashboardModule | null {
  return loaded.get(name) ?? null;
}
