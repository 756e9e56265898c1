/** What the colours mean, with the scale where there is one. */
import { formatBytes } from "../../../app/format.ts";
import type { GraphActions } from "../actions.ts";
import {
  type Colouring,
  categorical,
  css,
  difference,
  heat,
  type Palette,
  type Rgb,
} from "../canvas/colours.ts";
import { drawnOther } from "../compare/as-one.ts";
import { DIFF_INSIDE, DIFF_MARKS } from "../compare/compared.ts";
import { currentOther } from "../compare/others.ts";
import type { Looks } from "../look-state.ts";
import { formatMicros } from "./units.ts";

/** Entries of the legend; a longer one would hide the picture. */
const MOST_ENTRIES = 8;

export function Legend({ looks }: { looks: Looks; actions: GraphActions }) {
  const colouring = looks.colouring.value;
  const content = legendOf(colouring);
  if (!content) return null;
  return <div class="graph-legend">{content}</div>;
}

function legendOf(colouring: Colouring) {
  const { by, palette } = colouring;
  switch (by) {
    case "time":
      return (
        <Scale
          title={
            { sum: "Compute time, summed", span: "From first start to last end", self: "Own compute time" }[
              colouring.time
            ]
          }
          from={heat(0, palette)}
          to={heat(1, palette)}
          least="0"
          most={colouring.mostMicros > 0 ? formatMicros(colouring.mostMicros) : "no time known"}
        />
      );
    case "memory":
      return (
        <Scale
          title="Bytes allocated"
          from={heat(0, palette)}
          to={heat(1, palette)}
          least="0"
          most={colouring.mostBytes > 0 ? formatBytes(colouring.mostBytes) : "no memory known"}
        />
      );
    case "compare":
      if (!currentOther.value) return null;
      if (currentOther.value.step === "") return <DiffEntries palette={palette} />;
      return (
        <Scale
          title="Against the other step"
          from={difference(-1, palette)}
          middle={palette.neutral}
          to={difference(1, palette)}
          least="faster"
          most="slower"
        />
      );
    case "device":
      return <Entries title="Device" names={colouring.devices} colour={(i) => categorical(i, palette)} />;
    case "xla":
      return (
        <Entries title="XLA cluster" names={colouring.clusters} colour={(i) => categorical(i, palette)} />
      );
    case "op":
      return <Entries title="Operation" names={colouring.ops} colour={(i) => categorical(i, palette)} />;
    case "tpu":
      return (
        <Entries
          title="A TPU can run it"
          names={["yes", "no"]}
          colour={(i) => (i === 0 ? palette.good : palette.bad)}
        />
      );
    case "structure":
      return <Entries title="Same colour: same structure" names={[]} colour={() => palette.neutral} />;
    default:
      return null;
  }
}

/** What is gone has no box in this graph, but where the other one is drawn, too. */
function DiffEntries({ palette }: { palette: Palette }) {
  const { added, removed, changed, moved } = DIFF_MARKS;
  const entries: [name: string, mark: number][] = [
    ["added", added],
    ["changed", changed],
    ["moved", moved],
    ["something in it differs", DIFF_INSIDE],
    ...(drawnOther.value ? [["removed", removed] satisfies [string, number]] : []),
  ];
  return (
    <Entries
      title="Against the other graph"
      names={entries.map(([name]) => name)}
      colour={(i) => difference(entries[i]![1], palette)}
    />
  );
}

interface ScaleProps {
  readonly title: string;
  readonly from: Rgb;
  readonly middle?: Rgb;
  readonly to: Rgb;
  readonly least: string;
  readonly most: string;
}

function Scale({ title, from, middle, to, least, most }: ScaleProps) {
  const colours = [from, ...(middle ? [middle] : []), to];
  return (
    <>
      <strong>{title}</strong>
      <svg class="graph-scale" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
        <defs>
          <linearGradient id="graph-scale">
            {colours.map((colour, i) => (
              <stop key={css(colour)} offset={i / (colours.length - 1)} stop-color={css(colour)} />
            ))}
          </linearGradient>
        </defs>
        <rect width="100" height="8" fill="url(#graph-scale)" />
      </svg>
      <span class="graph-scale-ends">
        <span>{least}</span>
        <span>{most}</span>
      </span>
    </>
  );
}

function Entries({
  title,
  names,
  colour,
}: {
  title: string;
  names: readonly string[];
  colour: (i: number) => Rgb;
}) {
  return (
    <>
      <strong>{title}</strong>
      {names.slice(0, MOST_ENTRIES).map((name, i) => (
        <span key={name} class="graph-legend-entry">
          <svg class="swatch" viewBox="0 0 1 1" aria-hidden="true">
            <rect width="1" height="1" fill={css(colour(i))} />
          </svg>
          {name}
        </span>
      ))}
      {names.length > MOST_ENTRIES && <span class="muted">and {names.length - MOST_ENTRIES} more</span>}
    </>
  );
}
