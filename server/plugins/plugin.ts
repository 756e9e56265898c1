/** What a dashboard's compatible side is: its entry in the listing and its routes. One file each, listed in index.ts. */
import type { Router } from "express";
import type { DataProvider } from "./data-provider.ts";

export interface Plugin {
  /** Segment of its routes, `/data/plugin/<name>/…`. */
  readonly name: string;
  readonly tabName: string;
  /** How stock's front end loads it. */
  readonly loading: PluginLoading;
  readonly disableReload?: boolean;
  /** Plugins whose data make it active; default its own name. */
  readonly dataPlugins?: readonly string[];
  /** Whether there is something to show, where series do not tell; default: whether those plugins have any. */
  readonly active?: (data: DataProvider) => Promise<boolean>;
  /** Adds the routes, relative to `/data/plugin/<name>`. */
  readonly routes?: (router: Router, data: DataProvider) => void;
}

export type PluginLoading =
  | { readonly type: "NG_COMPONENT" }
  | { readonly type: "CUSTOM_ELEMENT"; readonly element_name: string }
  | { readonly type: "IFRAME"; readonly module_path: string }
  | { readonly type: "NONE" };

export const customElement = (element_name: string): PluginLoading => ({
  type: "CUSTOM_ELEMENT",
  element_name,
});
export const component: PluginLoading = { type: "NG_COMPONENT" };
