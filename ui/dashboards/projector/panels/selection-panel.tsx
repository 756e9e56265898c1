/** What is selected: how many, what sets them apart, what can be done with them. */
import { useComputed, useSignalEffect } from "@preact/signals";
import { count, formatStep, formatValue } from "../../../app/format.ts";
import { Menu } from "../../../app/menu.tsx";
import { statisticsOf } from "../data/statistics.ts";
import { exportSelection } from "../export/index.ts";
import { explainSelection, selectionTraits } from "../state/inspecting.ts";
import { main } from "../state/pane.ts";
import {
  clearSelection,
  goBack,
  hide,
  isolate,
  selection,
  show,
  shownCount,
  stepsBack,
  visible,
} from "../state/selection.ts";
import { Button, Part } from "./field.tsx";
import { PointList } from "./point-list.tsx";
import { Traits } from "./traits.tsx";

export function SelectionPanel() {
  const { rows } = selection.value;
  const total = main.rows.value;
  useSignalEffect(() => {
    if (selection.value && main.data.value) explainSelection().catch(() => {});
  });
  return (
    <Part title="Selection">
      <div class="pj-row" role="status">
        {rows.length === 0 ? (
          <span class="muted">Click a point, or draw a box or lasso. Shift adds, Alt takes away.</span>
        ) : (
          <b>{count(rows.length, "point")}</b>
        )}
        {visible.value && (
          <span class="muted">
            {formatStep(shownCount.value ?? 0)} of {formatStep(total)} shown
          </span>
        )}
      </div>
      <div class="pj-row">
        {rows.length > 0 && (
          <>
            <Button act={() => isolate(total)}>Isolate</Button>
            <Button act={() => hide(total)}>Hide</Button>
            <Button act={clearSelection}>Clear</Button>
          </>
        )}
        {stepsBack.value > 0 && <Button act={goBack}>Back</Button>}
        {visible.value && <Button act={() => show(null)}>Show all</Button>}
        <ExportMenu />
      </div>
      {rows.length > 1 && <Traits traits={selectionTraits.value} />}
      {rows.length > 1 && <Statistics />}
      {rows.length > 1 && <PointList label="Selected points" rows={rows} most={8} />}
    </Part>
  );
}

function ExportMenu() {
  const some = selection.value.rows.length > 0;
  const hint = some ? "selected" : "all";
  return (
    <Menu
      label={some ? "Save the selection" : "Save the points"}
      icon="download"
      items={[
        { label: "CSV", hint: `${hint}: names, places`, run: () => exportSelection("csv") },
        { label: "NPY", hint: `${hint}: vectors`, run: () => exportSelection("npy") },
        { label: "SVG", hint: "picture", run: () => exportSelection("svg") },
        { label: "PNG", hint: "picture", run: () => exportSelection("png") },
      ]}
    />
  );
}

function Statistics() {
  const statistics = useComputed(() => statisticsOf(main.data.value?.columns ?? [], selection.value.rows));
  if (statistics.value.length === 0) return null;
  const size = selection.value.rows.length;
  return (
    <table class="pj-table" aria-label="Statistics of the selection">
      <tbody>
        {statistics.value.slice(0, 12).map((one) => (
          <tr key={one.column}>
            <th scope="row">{one.column}</th>
            <td>
              {one.kind === "numbers" ? (
                <>
                  mean {formatValue(one.mean, 3)}{" "}
                  <small class="muted">of all {formatValue(one.meanOfAll, 3)}</small>
                  <br />
                  <small class="muted">
                    {formatValue(one.least, 3)} to {formatValue(one.most, 3)}
                  </small>
                </>
              ) : one.distinct === size && size > 4 ? (
                <small class="muted">all different</small>
              ) : (
                one.top.map(({ text, count: here, ofAll }) => (
                  <div key={text} class="pj-share">
                    <span>{text === "" ? "(empty)" : text}</span>
                    <small class="muted">
                      {here} of {ofAll}
                    </small>
                  </div>
                ))
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
