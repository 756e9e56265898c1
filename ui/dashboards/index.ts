/** The dashboards there are. A new one is a folder here and one line in this list. */
import type { ComponentType } from "preact";

export interface Dashboard {
  /** Name in the address. */
  readonly name: string;
  readonly title: string;
  /** Plugins whose tags it shows, as in the catalog. */
  readonly plugins: readonly string[];
  /** Fetches the code when the dashboard is first opened. */
  load(): Promise<{ readonly default: ComponentType }>;
}

export const dashboards: readonly Dashboard[] = [
  { name: "scalars", title: "Scalars", plugins: ["scalars"], load: () => import("./scalars/index.tsx") },
];

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
  custom_scalars: "custom scalar layouts",
  hparams: "hyperparameters",
  mesh: "meshes",
  projector: "embeddings",
};

function pluginWords(plugin: string): string {
  return WORDS[plugin] ?? (plugin === "" ? "tags without a plugin" : plugin);
}
