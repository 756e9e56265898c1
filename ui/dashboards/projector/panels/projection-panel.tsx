/** Which projection, with what settings; how far it is, and how far to believe it. */
import { formatStep } from "../../../app/format.ts";
import { Segmented, Slider, Toggle } from "../../../board/controls.tsx";
import { measureTrust, measuringTrust } from "../state/inspecting.ts";
import { trust } from "../state/looks.ts";
import { main } from "../state/pane.ts";
import { chosenComponents, isQuick, otherShown, project, resumable, resume } from "../state/project.ts";
import {
  axisColumns,
  colorBy,
  components,
  dimensions,
  endless,
  iterations,
  KIND_TITLES,
  KINDS,
  kind,
  learningRate,
  OURS,
  perplexity,
  seed,
  superviseBy,
  supervision,
  umapEngine,
  umapMinDist,
  umapNeighbours,
} from "../state/settings.ts";
import { CustomSettings } from "./custom-settings.tsx";
import { Button, Part, Select } from "./field.tsx";

export function ProjectionPanel() {
  return (
    <Part title="Projection">
      <Segmented
        label="Projection"
        choices={KINDS.map((value) => ({ value, title: KIND_TITLES[value] }))}
        value={kind.value}
        onChange={(value) => (kind.value = value)}
      />
      {kind.value === "pca" && <PcaSettings />}
      {kind.value === "umap" && <UmapSettings />}
      {kind.value === "tsne" && <TsneSettings />}
      {kind.value === "custom" && <CustomSettings />}
      {kind.value === "columns" && <ColumnSettings />}
      {!isQuick(kind.value) && <Run />}
      <StillShown />
      <Notes />
      <Trustworthiness />
    </Part>
  );
}

const MOST_BARS = 24;

function PcaSettings() {
  const pca = main.pca.value;
  if (!pca) return null;
  const { variances, totalVariance, exact } = pca;
  const chosen = chosenComponents.value;
  const share = (index: number): number => (totalVariance > 0 ? (variances[index] ?? 0) / totalVariance : 0);
  const together = chosen.reduce((sum, index) => sum + share(index), 0);
  const most = share(0);
  const names = ["X", "Y", "Z"];
  return (
    <>
      <div class="pj-axes">
        {chosen.slice(0, variances.length).map((index, axis) => (
          <Select
            key={names[axis]}
            label={names[axis]!}
            value={String(index)}
            choices={Array.from({ length: Math.min(variances.length, 1000) }, (_, i) => ({
              value: String(i),
              title: `${i + 1} (${percent(share(i))})`,
            }))}
            onChange={(value) => {
              components.value = chosen.map((old, i) => String((i === axis ? Number(value) : old) + 1));
            }}
          />
        ))}
      </div>
      <div class="pj-bars" aria-hidden="true">
        {Array.from({ length: Math.min(variances.length, MOST_BARS) }, (_, i) => (
          <i
            key={i}
            class={chosen.includes(i) ? "is-on" : ""}
            title={`Component ${i + 1}: ${percent(share(i))}`}
            style={{ height: `${Math.max(2, (100 * share(i)) / (most || 1))}%` }}
          />
        ))}
      </div>
      <p class="muted">
        {percent(together)} of the variance is in sight.{" "}
        {exact
          ? "Exact components of all points."
          : "Randomised components: exact ones would take too long here."}
      </p>
    </>
  );
}

function percent(share: number): string {
  return `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;
}

function UmapSettings() {
  return (
    <>
      <Slider
        label="Neighbours"
        min={2}
        max={200}
        step={1}
        value={umapNeighbours.value}
        onChange={(n) => (umapNeighbours.value = n)}
      />
      <Slider
        label="Least distance"
        min={0}
        max={0.99}
        step={0.01}
        value={umapMinDist.value}
        onChange={(n) => (umapMinDist.value = n)}
      />
      <Select
        label="Engine"
        value={umapEngine.value}
        choices={[
          { value: "", title: "By the number of points" },
          { value: "umap-js", title: "umap-js" },
          { value: "typed-arrays", title: "Typed arrays" },
        ]}
        onChange={(value) => {
          umapEngine.value = value === "umap-js" || value === "typed-arrays" ? value : "";
        }}
      />
      <Supervision />
      <Seed />
    </>
  );
}

function TsneSettings() {
  return (
    <>
      <Slider
        label="Perplexity"
        min={2}
        max={100}
        step={1}
        value={perplexity.value}
        onChange={(n) => (perplexity.value = n)}
      />
      <div class="toggles">
        <Toggle label="Until stopped" on={endless.value} onChange={(on) => (endless.value = on)} />
      </div>
      {!endless.value && (
        <Slider
          label="Iterations"
          min={50}
          max={5000}
          step={50}
          value={iterations.value}
          onChange={(n) => (iterations.value = n)}
        />
      )}
      <Slider
        label="Learning rate (0: by size)"
        min={0}
        max={2000}
        step={10}
        value={learningRate.value}
        onChange={(n) => (learningRate.value = n)}
      />
      <Supervision />
      <Seed />
    </>
  );
}

function Supervision() {
  const columns = main.data.value?.columns ?? [];
  if (columns.length === 0) return null;
  return (
    <>
      <Select
        label="Supervise by"
        value={superviseBy.value}
        choices={[
          { value: "", title: "Nothing" },
          ...columns.map(({ name }) => ({ value: name, title: name })),
        ]}
        onChange={(value) => {
          superviseBy.value = value;
          if (value !== "" && supervision.value === 0) supervision.value = 50;
        }}
      />
      {superviseBy.value !== "" && (
        <Slider
          label="Strength"
          min={0}
          max={100}
          step={1}
          value={supervision.value}
          onChange={(n) => (supervision.value = n)}
        />
      )}
    </>
  );
}

function Seed() {
  return (
    <div class="pj-field">
      <label for="pj-seed">Seed</label>
      <input
        id="pj-seed"
        type="number"
        min="0"
        step="1"
        value={seed.value}
        onChange={(event) => (seed.value = Math.max(0, Math.floor(Number(event.currentTarget.value))))}
      />
    </div>
  );
}

function ColumnSettings() {
  const numeric = (main.data.value?.columns ?? []).filter(({ numbers }) => numbers !== null);
  if (numeric.length === 0) return <p class="muted">No column of the metadata has numbers.</p>;
  const axes = ["X", "Y", "Z"].slice(0, Number(dimensions.value));
  const chosen = axes.map((_, axis) => axisColumns.value[axis] ?? numeric[axis]?.name ?? numeric[0]!.name);
  return (
    <>
      {axes.map((axis, i) => (
        <Select
          key={axis}
          label={axis}
          value={chosen[i]!}
          choices={numeric.map(({ name }) => ({ value: name, title: name }))}
          onChange={(value) => (axisColumns.value = chosen.with(i, value))}
        />
      ))}
    </>
  );
}

function Run() {
  const task = main.task.value;
  const job = task?.job ?? null;
  return (
    <div class="pj-row">
      {!job && (
        <Button disabled={!main.loaded.value} act={() => void project(main, true)}>
          {main.picture.value?.kind === kind.value ? "Run again" : `Run ${KIND_TITLES[kind.value]}`}
        </Button>
      )}
      {!task && kind.value === "tsne" && resumable(main) && (
        <Button act={() => void resume(main)}>Go on</Button>
      )}
      {job && (
        <>
          <Button act={() => main.togglePause()}>{task?.paused ? "Go on" : "Pause"}</Button>
          <Button act={() => job.stop()}>Stop here</Button>
          <Button act={() => job.perturb()}>Perturb</Button>
        </>
      )}
    </div>
  );
}

/** That the picture is of another projection than the one that is chosen. */
function StillShown() {
  const shown = otherShown(main);
  if (shown === null) return null;
  return (
    <p class="muted">
      The picture still shows {KIND_TITLES[shown]}: {KIND_TITLES[kind.value]} has not run with these settings.
    </p>
  );
}

/** What the engine says of the picture, if that is of the chosen projection. */
function Notes() {
  const { layout, kind: shown } = main.picture.value ?? {};
  if (!layout || shown !== kind.value) return null;
  const { neighbours, engine, iteration, finished, notes } = layout;
  return (
    <p class="muted">
      {formatStep(iteration)} {finished ? "iterations" : "iterations, then stopped"} by {engine};{" "}
      {neighbours.exact
        ? "exact neighbours"
        : `approximate neighbours, recall ${neighbours.recall.toFixed(3)} measured on ${formatStep(neighbours.recallRows)} points`}
      .{notes.length > 0 && ` ${notes.join(" ")}`}
    </p>
  );
}

function Trustworthiness() {
  const found = trust.value;
  if (!main.picture.value) return null;
  if (!found && measuringTrust.value) return <p class="muted">Measuring how far to believe it…</p>;
  if (!found)
    return (
      <div class="pj-row">
        <Button act={() => void measureTrust()}>How far to believe it?</Button>
      </div>
    );
  return (
    <div class="pj-trust">
      <dl>
        <div>
          <dt title="How far neighbours in the picture are neighbours in the vectors">Trustworthiness</dt>
          <dd data-figure="trustworthiness">{found.trustworthiness.toFixed(3)}</dd>
        </div>
        <div>
          <dt title="How far neighbours in the vectors are neighbours in the picture">Continuity</dt>
          <dd data-figure="continuity">{found.continuity.toFixed(3)}</dd>
        </div>
      </dl>
      <p class="muted">
        Of {found.k} neighbours, 1 is perfect
        {found.sampledRows < main.rows.value && `; measured on ${formatStep(found.sampledRows)} points`}.
      </p>
      <div class="pj-row">
        <Button act={() => (colorBy.value = OURS.trust)}>Colour by it</Button>
        <Button act={() => (colorBy.value = OURS.continuity)}>By continuity</Button>
      </div>
    </div>
  );
}
