/** The bar along the top: title, dashboards, what the server is doing, and the theme. */
import { currentDashboard } from "./current-dashboard.ts";
import { count } from "./format.ts";
import { Icon, type IconName } from "./icons.tsx";
import { connection } from "./live.ts";
import { ProblemsButton } from "./problems.tsx";
import { isCatchingUp, status } from "./session.ts";
import { sidebarOpen } from "./sidebar-state.ts";
import { Tabs } from "./tabs.tsx";
import { chooseTheme, type ThemeChoice, themeChoice } from "./theme.ts";

export function TopBar() {
  return (
    <header class="top-bar">
      <RunsButton idle={currentDashboard.value.standsAlone === true} />
      <h1 title={status.value?.logdir}>{status.value?.window_title || "tsboard"}</h1>
      <Tabs />
      <div class="top-bar-end">
        <LoadingIndicator />
        <ConnectionIndicator />
        <ProblemsButton />
        <ThemeButton />
      </div>
    </header>
  );
}

/** @param idle the page has no list of runs: the button keeps its place, so that the tabs keep theirs */
function RunsButton({ idle }: { idle: boolean }) {
  return (
    <button
      type="button"
      class={`icon-button${idle ? " is-idle" : ""}`}
      aria-label="Runs"
      title={sidebarOpen.value ? "Hide runs" : "Show runs"}
      aria-expanded={sidebarOpen.value}
      aria-controls="runs"
      onClick={() => {
        sidebarOpen.value = !sidebarOpen.value;
      }}
    >
      <Icon name="sidebar" />
    </button>
  );
}

function LoadingIndicator() {
  if (!isCatchingUp.value || !status.value) return null;
  const { files, files_read, bytes, bytes_read, points } = status.value.loading;
  return (
    <span class="indicator" title={`${count(points, "point")} read`}>
      <progress max={Math.max(1, bytes)} value={bytes_read} aria-label="Reading the logs" />
      <span class="wide-only">
        {files_read} of {count(files, "file")}
      </span>
    </span>
  );
}

function ConnectionIndicator() {
  const state = connection.value;
  return (
    <span
      class={`indicator connection is-${state}`}
      role="status"
      title={state === "live" ? "Live: new values show as they are written" : undefined}
    >
      <span class="dot" aria-hidden="true" />
      <span class="connection-word">
        {state === "lost" ? "Connection lost, retrying" : state === "live" ? "Live" : "Connecting"}
      </span>
    </span>
  );
}

const THEMES: readonly { choice: ThemeChoice; icon: IconName; label: string }[] = [
  { choice: "system", icon: "system", label: "Theme: as the system" },
  { choice: "light", icon: "sun", label: "Theme: light" },
  { choice: "dark", icon: "moon", label: "Theme: dark" },
];

/** Goes round: system, light, dark. */
function ThemeButton() {
  const at = THEMES.findIndex(({ choice }) => choice === themeChoice.value);
  const { icon, label } = THEMES[at]!;
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={label}
      title={label}
      onClick={() => chooseTheme(THEMES[(at + 1) % THEMES.length]!.choice)}
    >
      <Icon name={icon} />
    </button>
  );
}
