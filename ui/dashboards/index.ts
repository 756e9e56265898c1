/** The dashboards there are. A new one is a folder here and one line in this list. */
import type { ComponentType } from "preact";
import { hasEmbeddings } from "../app/embeddings.ts";
import { tagsOf } from "../app/session.ts";
import type { LogGuide } from "../board/log-guide.tsx";
import { hasGraphs } from "./graphs/listing.ts";

/** What a dashboard's folder exports from its `index.tsx`. */
export interface DashboardModule {
  readonly default: ComponentType;
  /** How to log what it shows: for logs that have nothing of it. */
  readonly guide?: LogGuide;
}

export interface Dashboard {
  /** Name in the address. */
  readonly name: string;
  readonly title: string;
  /** Plugins whose tags it shows, as in the catalog. */
  readonly plugins: readonly string[];
  /** Fetches the code when the dashboard is first opened. */
  load(): Promise<DashboardModule>;
  /** Whether the logs have something for it, where tags of its plugins do not tell. Reads signals. */
  hasData?(): boolean;
  /** Says itself what to do where the logs have nothing for it, and needs no list of runs beside it. */
  readonly standsAlone?: boolean;
  /** Says itself what to do where the logs have nothing for it. */
  readonly saysEmpty?: boolean;
}

/** In the order of the tabs; those with data come first on the page. */
export const dashboards: readonly Dashboard[] = [
  { name: "scalars", title: "Scalars", plugins: ["scalars"], load: () => import("./scalars/index.tsx") },
  {
    name: "timeseries",
    title: "Time series",
    plugins: ["scalars", "histograms", "images"],
    load: () => import("./time-series/index.tsx"),
  },
  { name: "images", title: "Images", plugins: ["images"], load: () => import("./images/index.tsx") },
  {
    name: "histograms",
    title: "Histograms",
    plugins: ["histograms"],
    load: () => import("./histograms/index.tsx"),
  },
  {
    name: "distributions",
    title: "Distributions",
    plugins: ["histograms"],
    load: () => import("./distributions/index.tsx"),
  },
  { name: "audio", title: "Audio", plugins: ["audio"], load: () => import("./audio/index.tsx") },
  { name: "text", title: "Text", plugins: ["text"], load: () => import("./text/index.tsx") },
  {
    name: "pr_curves",
    title: "PR curves",
    plugins: ["pr_curves"],
    load: () => import("./pr-curves/index.tsx"),
  },
  {
    name: "custom_scalars",
    title: "Custom scalars",
    plugins: ["custom_scalars"],
    load: () => import("./custom-scalars/index.tsx"),
    saysEmpty: true,
  },
  { name: "mesh", title: "Meshes", plugins: ["mesh"], load: () => import("./mesh/index.tsx") },
  {
    name: "hparams",
    title: "Hyperparameters",
    plugins: ["hparams"],
    load: () => import("./hparams/index.tsx"),
  },
  {
    name: "projector",
    title: "Projector",
    plugins: ["projector"],
    load: () => import("./projector/index.tsx"),
    hasData: () => hasEmbeddings.value,
    standsAlone: true,
  },
  {
    name: "graphs",
    title: "Graphs",
    plugins: [
      "graphs",
      "graph_run_metadata",
      "graph_run_metadata_graph",
      "graph_tagged_run_metadata",
      "graph_keras_model",
    ],
    load: () => import("./graphs/index.tsx"),
    hasData: hasGraphs,
    standsAlone: true,
  },
];

/** Whether the logs have something for a dashboard. Reads signals. */
export function hasData(dashboard: Dashboard): boolean {
  return dashboard.hasData?.() ?? dashboard.plugins.some((plugin) => tagsOf(plugin).length > 0);
}

/** Plugins of the logs that no dashboard shows yet, in words. */
export function withoutDashboard(plugins: Iterable<string>): string[] {
  const shown = new Set(dashboards.flatMap((dashboard) => dashboard.plugins));
  return [...new Set([...plugins].filter((plugin) => !shown.has(plugin)).map(pluginWords))].sort();
}

const WORDS: Readonly<Record<string, string>> = {
  graph_run_metadata: "graphs",
  graph_run_metadata_graph: "graphs",
  graph_tagged_run_metadata: "graphs",
  graph_keras_model: "graphs",
  pr_curves: "PR curves",
  hparams: "hyperparameters",
  projector: "embeddings",
};

function pluginWords(plugin: string): string {
  return WORDS[plugin] ?? (plugin === "" ? "tags without a plugin" : plugin);
}
