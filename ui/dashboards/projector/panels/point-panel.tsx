/** The point that is looked at: what is known of it, its image and vector, and its neighbours with their distances. */
import { useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { formatStep, formatValue } from "../../../app/format.ts";
import { Slider } from "../../../board/controls.tsx";
import { textAt } from "../data/columns.ts";
import { findNearest, nearest, nearestError, nearestMillis } from "../state/inspecting.ts";
import { labelling } from "../state/looks.ts";
import { main } from "../state/pane.ts";
import { focusRow, select } from "../state/selection.ts";
import { colorBy, metric, neighbourCount, OURS } from "../state/settings.ts";
import { Button, Part } from "./field.tsx";
import { PointList } from "./point-list.tsx";
import { Training } from "./training.tsx";

export function PointPanel() {
  const row = focusRow.value;
  useSignalEffect(() => {
    const of = focusRow.value;
    // Asked anew for another number of neighbours or another distance.
    if (of !== null && main.loaded.value && neighbourCount.value && metric.value) void findNearest(of);
    else nearest.value = null;
  });
  const data = main.data.value;
  if (row === null || !data) return null;
  const column = labelling.value;
  return (
    <Part title={column ? textAt(column, row) || `Point ${row}` : `Point ${row}`}>
      <div class="pj-point">
        {data.sprite && <PointImage row={row} sprite={data.sprite} />}
        <table class="pj-table" aria-label="What is known of the point">
          <tbody>
            <tr>
              <th scope="row">row</th>
              <td>{formatStep(row)}</td>
            </tr>
            {data.columns.map((one) => (
              <tr key={one.name}>
                <th scope="row">{one.name}</th>
                <td>{textAt(one, row)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <VectorView row={row} />
      <Nearest />
      <Training row={row} />
    </Part>
  );
}

/** Cut out of the sprite. */
function PointImage({
  row,
  sprite,
}: {
  row: number;
  sprite: { readonly address: string; readonly width: number; readonly height: number };
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { address, width, height } = sprite;
  useEffect(() => {
    const image = new Image();
    image.onload = () => {
      const columns = Math.floor(image.width / width);
      const context = canvas.current?.getContext("2d");
      if (!context || columns < 1) return;
      context.clearRect(0, 0, width, height);
      const [x, y] = [(row % columns) * width, Math.floor(row / columns) * height];
      context.drawImage(image, x, y, width, height, 0, 0, width, height);
    };
    image.src = address;
  }, [row, address]);
  return (
    <canvas
      ref={canvas}
      class="pj-image"
      width={width}
      height={height}
      role="img"
      aria-label={`Image of point ${row}`}
    />
  );
}

/** The values as bars: above the line and below it. */
function VectorView({ row }: { row: number }) {
  const vector = useSignal<Float32Array | null>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    let current = true;
    main.client?.vector(row).then(
      (found) => {
        if (current) vector.value = found;
      },
      () => {},
    );
    return () => {
      current = false;
    };
  }, [row, main.loaded.value]);
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    const values = vector.value;
    if (!canvas.current || !context || !values) return;
    const { width, height } = canvas.current;
    context.clearRect(0, 0, width, height);
    context.fillStyle = getComputedStyle(canvas.current).color;
    const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
    for (let d = 0; d < values.length; d++) {
      const bar = (values[d]! / largest) * (height / 2 - 1);
      const at = (d * width) / values.length;
      context.fillRect(
        at,
        height / 2 - Math.max(0, bar),
        Math.max(1, width / values.length - 0.5),
        Math.abs(bar),
      );
    }
  });
  if (!vector.value) return null;
  return (
    <canvas
      ref={canvas}
      class="pj-vector"
      width={540}
      height={64}
      role="img"
      aria-label={`Vector of ${vector.value.length} values: ${Array.from(vector.value.slice(0, 5), (value) => formatValue(value, 3)).join(", ")} and so on`}
    />
  );
}

function Nearest() {
  const found = nearest.value;
  return (
    <>
      <h3>Neighbours</h3>
      <Slider
        label="How many"
        min={1}
        max={Math.max(1, Math.min(999, main.rows.value - 1))}
        step={1}
        value={neighbourCount.value}
        onChange={(n) => (neighbourCount.value = n)}
      />
      {nearestError.value && <p class="pj-error">{nearestError.value}</p>}
      {found && (
        <>
          <Histogram />
          <div class="pj-row" data-nearest-of={found.of} data-millis={nearestMillis.value.toFixed(1)}>
            <Button act={() => select([...found.rows, found.of], main.rows.peek())}>Select them</Button>
            <Button act={() => (colorBy.value = OURS.distance)}>Colour by distance</Button>
          </div>
          <PointList
            label="Nearest points"
            rows={found.rows}
            detail={(place) => formatValue(found.distances[place]!, 3)}
          />
        </>
      )}
    </>
  );
}

/** All points by their distance, and how far the neighbours reach. */
function Histogram() {
  const found = nearest.value;
  const histogram = found?.histogram;
  if (!found || !histogram) return null;
  const { from, to, counts } = histogram;
  const most = Math.max(...counts, 1);
  const furthest = found.distances.at(-1) ?? to;
  const wide = (to - from) / counts.length || 1;
  return (
    <figure class="pj-histogram">
      <div class="pj-bars" role="img" aria-label="Distances of all points">
        {Array.from(counts, (count, i) => (
          <i
            key={i}
            class={from + i * wide <= furthest ? "is-on" : ""}
            style={{ height: `${count === 0 ? 0 : Math.max(3, (100 * count) / most)}%` }}
          />
        ))}
      </div>
      <figcaption>
        <span>{formatValue(from, 3)}</span>
        <span class="muted">{metric.value} distance of all points</span>
        <span>{formatValue(to, 3)}</span>
      </figcaption>
    </figure>
  );
}
