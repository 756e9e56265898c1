/** Every dashboard of the compatible face, in stock's order. A new one is its own file and one line here. */
import { audio } from "./audio.ts";
import { customScalars } from "./custom-scalars.ts";
import { distributions } from "./distributions.ts";
import { graphs } from "./graphs/index.ts";
import { histograms } from "./histograms.ts";
import { hparams } from "./hparams/index.ts";
import { images } from "./images.ts";
import { mesh } from "./mesh.ts";
import { component, customElement, type Plugin } from "./plugin.ts";
import { prCurves } from "./pr-curves.ts";
import { projector } from "./projector/index.ts";
import { scalars } from "./scalars.ts";
import { text } from "./text.ts";
import { timeseries } from "./timeseries.ts";

const redirect = (name: string, tabName: string, element: string): Plugin => ({
  name,
  tabName,
  loading: customElement(element),
  dataPlugins: [],
});

export const plugins: readonly Plugin[] = [
  timeseries,
  scalars,
  customScalars,
  images,
  audio,
  { name: "debugger-v2", tabName: "Debugger V2", loading: component, dataPlugins: [] },
  graphs,
  distributions,
  histograms,
  text,
  prCurves,
  // Two that only say where a dashboard has gone: stock lists them, and they never have anything to show.
  redirect("profile_redirect", "Profile", "tf-profile-redirect-dashboard"),
  hparams,
  mesh,
  redirect("wit_redirect", "What-If Tool", "tf-wit-redirect-dashboard"),
  projector,
];
