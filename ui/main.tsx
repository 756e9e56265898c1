/** The page's entry: starts theme, address and session, and renders the shell. */
import { effect } from "@preact/signals";
import { render } from "preact";
import { currentDashboard, startDashboard } from "./app/current-dashboard.ts";
import { watchEmbeddings } from "./app/embeddings.ts";
import { startPrinting } from "./app/printing.ts";
import { startSession, status } from "./app/session.ts";
import { Shell } from "./app/shell.tsx";
import { startSidebar } from "./app/sidebar-state.ts";
import { startTheme } from "./app/theme.ts";
import { syncWithAddress } from "./app/url-state.ts";

const root = document.getElementById("app");
if (!root) throw new Error("the page has no #app");

startTheme();
startSidebar();
startPrinting();
startDashboard();
syncWithAddress();
startSession();
watchEmbeddings();
// Code and data come side by side; whoever shows the dashboard reports a failure.
currentDashboard
  .peek()
  .load()
  .catch(() => {});
effect(() => {
  document.title = status.value?.window_title || "tsboard";
});
render(<Shell />, root);
