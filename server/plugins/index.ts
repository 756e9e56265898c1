/** Every dashboard of the compatible face, in stock's order. A new one is its own file and one line here. */
import { component, customElement, type Plugin } from "./plugin.ts";
import { scalars } from "./scalars.ts";
import { timeseries } from "./timeseries.ts";

export const plugins: readonly Plugin[] = [
  timeseries,
  scalars,
  {
    name: "custom_scalars",
    tabName: "Custom Scalars",
    loading: customElement("tf-custom-scalar-dashboard"),
  },
  { name: "images", tabName: "images", loading: customElement("tf-image-dashboard") },
  { name: "audio", tabName: "audio", loading: customElement("tf-audio-dashboard") },
  { name: "debugger-v2", tabName: "Debugger V2", loading: component, dataPlugins: [] },
  {
    name: "graphs",
    tabName: "graphs",
    loading: customElement("tf-graph-dashboard"),
    disableReload: true,
    dataPlugins: [
      "graphs",
      "graph_run_metadata",
      "graph_run_metadata_graph",
      "graph_keras_model",
      "graph_tagged_run_metadata",
    ],
  },
  {
    name: "distributions",
    tabName: "distributions",
    loading: customElement("tf-distribution-dashboard"),
    dataPlugins: ["histograms"],
  },
  { name: "histograms", tabName: "histograms", loading: customElement("tf-histogram-dashboard") },
  { name: "text", tabName: "text", loading: customElement("tf-text-dashboard") },
  { name: "pr_curves", tabName: "PR Curves", loading: customElement("tf-pr-curve-dashboard") },
  { name: "hparams", tabName: "hparams", loading: customElement("tf-hparams-dashboard") },
  { name: "mesh", tabName: "mesh", loading: customElement("mesh-dashboard") },
  {
    name: "projector",
    tabName: "projector",
    loading: { type: "IFRAME", module_path: "/data/plugin/projector/index.js" },
    disableReload: true,
  },
];
