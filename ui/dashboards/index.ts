/** The dashboards there are. A new one is a folder here, a line in this list and one in `code.ts`. */
import { hasEmbeddings } from "../app/embeddings.ts";
import { tagsOf } from "../app/session.ts";
import type { DashboardName } from "./code.ts";
import { areGraphsKnown, hasGraphs } from "./graphs/listing.ts";

export interface Dashboard {
  /** Name in the address. */
  readonly name: DashboardName;
  readonly title: string;
  /** Plugins whose tags it shows, as in the catalog. */
  readonly plugins: readonly string[];
  /** Whether the logs have something for it, where tags of its plugins do not tell. Reads signals. */
  hasData?(): boolean;
  /** Whether what `hasData` says is known yet, where that comes later than the catalog. Reads signals. */
  isKnown?(): boolean;
  /** Says itself what to do where the logs have nothing for it, and needs no list of runs beside it. */
  readonly standsAlone?: boolean;
  /** Says itself what to do where the logs have nothing for it. */
  readonly saysEmpty?: boolean;
}

/** In the order of the tabs; those with data come first on the page. */
export const dashboards: readonly Dashboard[] = [
  { name: "scalars", title: "Scalars", plugins: ["scalars"] },
  {
    name: "timeseries",
    title: "Time series",
    plugins: ["scalars", "histograms", "images"],
  },
  { name: "images", title: "Images", plugins: ["images"] },
  {
    name: "histograms",
    title: "Histograms",
    plugins: ["histograms"],
  },
  {
    name: "distributions",
    title: "Distributions",
    plugins: ["histograms"],
  },
  { name: "audio", title: "Audio", plugins: ["audio"] },
  { name: "text", title: "Text", plugins: ["text"] },
  {
    name: "pr_curves",
    title: "PR curves",
    plugins: ["pr_curves"],
  },
  {
    name: "custom_scalars",
    title: "Custom scalars",
    plugins: ["custom_scalars"],
    saysEmpty: true,
  },
  { name: "mesh", title: "Meshes", plugins: ["mesh"] },
  {
    name: "hparams",
    title: "Hyperparameters",
    plugins: ["hparams"],
  },
  {
    name: "projector",
    title: "Projector",
    plugins: ["projector"],
    hasData: () => hasEmbeddings.value === true,
    isKnown: () => hasEmbeddings.value !== null,
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
    hasData: hasGraphs,
    isKnown: areGraphsKnown,
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
