/** One row of the list of runs: a run with its colour, or a folder of them. */
import { Icon } from "./icons.tsx";
import { lastLetters } from "./last-letters.ts";
import { MiddleCut } from "./middle-cut.tsx";
import { nodeState, type RunRow } from "./run-tree.ts";
import { enabledRuns, isSolo, pointedRun, setRuns, soloRuns, toggleFolder } from "./runs.ts";
import { runAliases, runColors, runNames } from "./session.ts";
import { scheme } from "./theme.ts";

/** In CSS pixels; sidebar.css draws rows this high. */
export const ROW_HEIGHT = 25;
/** Letters that have room where the list is as narrow as it gets. */
const FITS = 7;

interface Props {
  readonly row: RunRow;
  readonly index: number;
  /** Whether Tab stops here; arrow keys go on from it. */
  readonly tabStop: boolean;
  onFocus(): void;
}

export function RunRowView({ row, index, tabStop, onFocus }: Props) {
  const { node, depth, folded } = row;
  const state = nodeState(node, (run) => enabledRuns.value.has(run));
  const isFolder = node.children.length > 0;
  const solo = state !== "off" && runNames.value.length > node.runs.length && isSolo(node.runs);
  const aliases = (node.run === null ? undefined : runAliases.value.get(node.run)) ?? [];
  const also = aliases.length > 0 ? `, also ${aliases.join(", ")}` : "";
  const color = node.run === null ? undefined : runColors.color(node.run, scheme.value);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree around it takes the keys
    <div
      class={`run-row is-${state}${isFolder ? " is-folder" : ""}`}
      role="treeitem"
      aria-level={depth + 1}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      aria-checked={state === "mixed" ? "mixed" : state === "on"}
      aria-expanded={isFolder ? !folded : undefined}
      aria-label={`${node.path}${also}${isFolder ? `, folder of ${node.runs.length} runs` : ""}`}
      tabIndex={tabStop ? 0 : -1}
      data-index={index}
      data-run={node.run ?? undefined}
      title={`${node.path}${also}`}
      style={{ top: `${index * ROW_HEIGHT}px`, paddingLeft: `${6 + depth * 14}px` }}
      onFocus={onFocus}
      onPointerEnter={() => {
        pointedRun.value = state === "off" ? null : node.run;
      }}
      onClick={() => setRuns(node.runs, state !== "on")}
    >
      {isFolder ? (
        <button
          type="button"
          class={`fold${folded ? "" : " is-open"}`}
          tabIndex={-1}
          aria-label={folded ? "Unfold" : "Fold"}
          onClick={(event) => {
            event.stopPropagation();
            toggleFolder(node.path);
          }}
        >
          <Icon name="chevron" />
        </button>
      ) : (
        <span class="fold" />
      )}
      <input
        type="checkbox"
        class="run-check"
        tabIndex={-1}
        aria-label={`Show ${node.path}`}
        checked={state === "on"}
        indeterminate={state === "mixed"}
        style={color ? { "--run-color": color } : {}}
        onClick={(event) => event.stopPropagation()}
        onChange={(event) => setRuns(node.runs, event.currentTarget.checked)}
      />
      <span class="run-row-name">
        <MiddleCut text={node.label} keptFrom={lastLetters(node.label, FITS)} />
        {aliases.length > 0 && (
          <small class="run-aliases">
            {" = "}
            <bdi>{aliases.join(", ")}</bdi>
          </small>
        )}
      </span>
      {isFolder && <span class="count">{node.runs.length}</span>}
      <button
        type="button"
        class={`solo${solo ? " is-on" : ""}`}
        tabIndex={-1}
        title={solo ? "Show all runs again" : isFolder ? "Show only this folder" : "Show only this run"}
        onClick={(event) => {
          event.stopPropagation();
          soloRuns(node.runs);
        }}
      >
        {solo ? "all" : "only"}
      </button>
    </div>
  );
}
