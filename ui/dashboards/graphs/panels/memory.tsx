/** Live memory over the step, a curve a device, and what is alive at its peak, by node or by scope. */
import { useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import type { GraphDeviceMemory, GraphMemory } from "../../../../graph/views.ts";
import { formatBytes } from "../../../app/format.ts";
import { scheme } from "../../../app/theme.ts";
import { Segmented } from "../../../board/controls.tsx";
import type { GraphActions } from "../actions.ts";
import { readGraphTheme } from "../canvas/look.ts";
import { currentQuery } from "../choices.ts";
import { source } from "../source/sources.ts";
import { selectedId } from "../state.ts";
import { liveAt } from "../timeline/live-at.ts";
import { MemoryChart } from "../timeline/memory-chart.ts";
import { AnswerView, useAnswer } from "./answer.tsx";
import { Choice } from "./choice.tsx";
import { type Column, DataTable } from "./data-table.tsx";
import { NoStep } from "./step-words.tsx";
import { formatMicros, formatShare } from "./units.ts";

export function MemoryPanel({ actions }: { actions: GraphActions }) {
  const answer = useAnswer((signal) => {
    const query = currentQuery.value;
    return query?.step_tag === undefined ? null : source.memory(query, signal);
  });
  return (
    <AnswerView
      answer={answer.value}
      none={<NoStep what="how much memory is live over the step, and what holds it at the peak" />}
    >
      {(memory: GraphMemory) =>
        memory.devices.length === 0 ? (
          <p class="dock-note muted">This step’s metadata tells nothing of memory.</p>
        ) : (
          <Devices memory={memory} actions={actions} />
        )
      }
    </AnswerView>
  );
}

function Devices({ memory, actions }: { memory: GraphMemory; actions: GraphActions }) {
  const largest = memory.devices.reduce((a, b) => ((b.peak?.bytes ?? 0) > (a.peak?.bytes ?? 0) ? b : a));
  const chosen = useSignal(memory.devices.indexOf(largest));
  const device = memory.devices[chosen.value] ?? largest;
  return (
    <div class="memory-panel">
      <div class="dock-head">
        {memory.devices.length > 1 && (
          <Choice
            label="Device"
            value={String(memory.devices.indexOf(device))}
            options={memory.devices.map((one, i) => ({ value: String(i), title: deviceName(one) }))}
            onChange={(index) => (chosen.value = Number(index))}
          />
        )}
        <span class="dock-status">
          {device.peak
            ? `Peak ${formatBytes(device.peak.bytes)} at ${formatMicros(device.peak.micros)}, ${deviceName(device)}`
            : deviceName(device)}
          {device.source === "outputs" && " (worked out from outputs and who uses them last)"}
        </span>
      </div>
      <div class="memory-split">
        <Curve device={device} />
        <AtPeak device={device} actions={actions} />
      </div>
    </div>
  );
}

function deviceName({ device, allocator }: GraphDeviceMemory): string {
  return allocator === "" || device === "" ? device || allocator : `${device}, ${allocator}`;
}

function Curve({ device }: { device: GraphDeviceMemory }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const chart = useRef<MemoryChart | null>(null);
  const pointed = useSignal<number | null>(null);
  useEffect(() => {
    if (!canvas.current) return;
    const own = new MemoryChart(canvas.current);
    chart.current = own;
    return () => own.dispose();
  }, []);
  const dark = scheme.value === "dark";
  const at = pointed.value;
  useEffect(() => chart.current?.show(device, readGraphTheme(dark), at), [device, dark, at]);
  const live = at === null ? null : liveAt(device, at);
  return (
    <figure class="memory-curve">
      <canvas
        ref={canvas}
        role="img"
        aria-label={`Live memory over the step${device.peak ? `, at most ${formatBytes(device.peak.bytes)}` : ""}`}
        onPointerMove={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          pointed.value = chart.current?.microsAt(event.clientX - box.left) ?? null;
        }}
        onPointerLeave={() => (pointed.value = null)}
      />
      <figcaption class="muted">
        {at === null || live === null
          ? "Live bytes over the step"
          : `${formatBytes(live)} live at ${formatMicros(at)}`}
      </figcaption>
    </figure>
  );
}

interface Held {
  readonly name: string;
  readonly bytes: number;
  readonly from: number | null;
  readonly to: number | null;
}

/** How deep scopes are told apart. */
const DEPTHS = ["node", "1", "2", "3"] as const;

function AtPeak({ device, actions }: { device: GraphDeviceMemory; actions: GraphActions }) {
  const by = useSignal<(typeof DEPTHS)[number]>("node");
  const rows = useMemo(() => heldBy(device, by.value), [device, by.value]);
  const total = device.peak?.bytes ?? 0;
  const columns: Column<Held>[] = [
    {
      key: "name",
      title: by.value === "node" ? "Alive at the peak" : "Scope",
      value: (row) => row.name,
      numeric: false,
    },
    {
      key: "bytes",
      title: "Bytes",
      value: (row) => row.bytes,
      show: (row) => formatBytes(row.bytes),
      numeric: true,
    },
    {
      key: "share",
      title: "Share",
      value: (row) => (total > 0 ? row.bytes / total : 0),
      show: (row) => formatShare(total > 0 ? row.bytes / total : 0),
      numeric: true,
    },
    {
      key: "from",
      title: "From",
      value: (row) => row.from,
      show: (row) => (row.from === null ? "–" : formatMicros(row.from)),
      numeric: true,
    },
    {
      key: "to",
      title: "To",
      value: (row) => row.to,
      show: (row) => (row.to === null ? "the end" : formatMicros(row.to)),
      numeric: true,
    },
  ];
  return (
    <DataTable
      label="What is alive at the peak"
      rows={rows}
      columns={by.value === "node" ? columns : columns.slice(0, 3)}
      sortBy="bytes"
      fileName="alive-at-the-peak"
      nameOf={(row) => row.name}
      isSelected={(row) => row.name === selectedId.value}
      onChoose={(row) => {
        actions.showCard();
        void actions.goTo(row.name);
      }}
    >
      <Segmented
        label="A row for each"
        choices={DEPTHS.map((value) => ({
          value,
          title: value === "node" ? "Nodes" : `Scopes ${value}`,
          about:
            value === "node" ? "a row a node" : `a row a scope, by the first ${partsOf(value)} of the name`,
        }))}
        value={by.value}
        onChange={(value) => (by.value = value)}
      />
    </DataTable>
  );
}

const partsOf = (depth: string): string => (depth === "1" ? "part" : `${depth} parts`);

function heldBy(device: GraphDeviceMemory, by: (typeof DEPTHS)[number]): Held[] {
  if (by === "node")
    return device.at_peak.map(({ name, bytes, from_micros, to_micros }) => ({
      name,
      bytes,
      from: from_micros,
      to: to_micros,
    }));
  const sums = new Map<string, number>();
  for (const { name, bytes } of device.at_peak) {
    const parts = name.split("/");
    const scope = parts.slice(0, Math.min(Number(by), Math.max(1, parts.length - 1))).join("/");
    sums.set(scope, (sums.get(scope) ?? 0) + bytes);
  }
  return [...sums].map(([name, bytes]) => ({ name, bytes, from: null, to: null }));
}
