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
import { loadDashboard } from "./dashboards/code.ts";

const root = document.getElementById("app");
if (!root) throw new Error("the page has no #app");

startTheme();
startSidebar();
startPrinting();
startDashboard();
syncWithAddress();
watchEmbeddings();
effect(() => {
  document.title = status.value?.window_title || "tsboard";
});

/** Longest that the page stays empty for the sake of its first answers: drawn without them, it is drawn twice. */
const EMPTY_MS = 150;

// Whoever shows the dashboard reports a failure.
const code = loadDashboard(currentDashboard.peek().name).catch(() => {});
const late = new Promise((resolve) => setTimeout(resolve, EMPTY_MS));
void Promise.race([Promise.all([startSession(), code]), late]).then(() => render(<Shell />, root));
