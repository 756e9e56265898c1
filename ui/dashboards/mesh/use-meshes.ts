/** The meshes of a card at its step: which run's, and what they are made of, as the tensors come. */
import { type ReadonlySignal, useComputed } from "@preact/signals";
import type { RunRecords, Tensor } from "../../../client/records-table.ts";
import type { MeshInfo, TagInfo } from "../../../server/api/types.ts";
import { formatBytes } from "../../app/format.ts";
import { enabledRuns } from "../../app/runs.ts";
import { runNames, tagsOf } from "../../app/session.ts";
import { indexAt } from "../../board/moments.ts";
import { heldRange, recordsInRange } from "../../board/range.ts";
import { useRecordsOfTags, useTensors } from "../../board/records.ts";
import { type CardStep, useCardStep } from "../../board/steps.ts";
import type { WantedTensor } from "../../board/tensor-loader.ts";
import { meshes } from "./listing.ts";
import { type Shape, shapeOf } from "./shape.ts";

/** A mesh of a run at the step that is looked at. */
export interface ShownMesh {
  readonly info: MeshInfo;
  readonly sample: number;
  readonly step: number | bigint;
  readonly wallTime: number;
  /** Null while it is on its way. */
  readonly shape: Shape | null;
  /** Why it cannot be drawn, in words. */
  readonly problem: string | null;
}

/** A mesh's name in its card. */
export const nameOf = ({ info, sample }: ShownMesh): string =>
  info.samples > 1 ? `${info.run} (${sample + 1})` : info.run;

export interface CardMeshes {
  readonly step: CardStep;
  readonly runs: ReadonlySignal<number>;
  readonly shown: ReadonlySignal<readonly ShownMesh[]>;
  readonly error: ReadonlySignal<string | null>;
  readonly waiting: ReadonlySignal<boolean>;
}

const PARTS = ["vertices", "faces", "colors"] as const;
type PartName = (typeof PARTS)[number];

/** Larger values are not asked for: the server gives some four million numbers at most in an answer. */
const MOST_BYTES = 16e6;
/** Meshes of a batch that are shown unless all are asked for. */
export const MOST_SAMPLES = 8;

/** Where a mesh is in the records of its parts. */
interface Place {
  readonly info: MeshInfo;
  readonly vertices: RunRecords;
  readonly at: number;
}

/** @param all whether all meshes of a batch are shown */
export function useMeshes(tag: ReadonlySignal<TagInfo>, all: ReadonlySignal<boolean>): CardMeshes {
  const infos = useComputed(() => {
    const order = new Map(runNames.value.map((run, i) => [run, i]));
    return meshes.value
      .filter(({ name, run }) => name === tag.value.tag && enabledRuns.value.has(run))
      .sort((a, b) => (order.get(a.run) ?? 0) - (order.get(b.run) ?? 0));
  });
  const tags = useComputed(() => {
    const wanted = new Set(infos.value.flatMap((info) => PARTS.map((part) => info[part])));
    return tagsOf("mesh").filter((part) => wanted.has(part.tag));
  });
  const feeds = useRecordsOfTags(tags);
  const recordsOf = (info: MeshInfo, part: PartName): RunRecords | null =>
    feeds.data.value.get(info[part] ?? "")?.get(info.run) ?? null;
  const ranged = useComputed(
    () =>
      new Map(
        infos.value.flatMap((info) => {
          const all = recordsOf(info, "vertices");
          return all ? [[info, recordsInRange(all, heldRange.value)] as const] : [];
        }),
      ),
  );
  const series = useComputed(() => [...ranged.value.values()]);
  const step = useCardStep(series);
  const placesAt = (beside: number): Place[] =>
    infos.value.flatMap((info) => {
      const vertices = ranged.value.get(info);
      const at = vertices ? indexAt(vertices, step.moment.value) + beside : -1;
      return vertices && at >= 0 && at < vertices.keys.length ? [{ info, vertices, at }] : [];
    });
  const partsOf = (place: Place): ReadonlyMap<PartName, WantedTensor> =>
    new Map(
      PARTS.flatMap((part) => {
        const own = part === "vertices";
        const records = own ? place.vertices : recordsOf(place.info, part);
        const at = own ? place.at : lastUntil(records, place.vertices.step[place.at]!);
        return records && at >= 0 ? [[part, wantedOf(records, at, place.info[part] ?? "")]] : [];
      }),
    );
  const wanted = useComputed(() =>
    [0, 1, -1]
      .flatMap(placesAt)
      .flatMap((place) => [...partsOf(place).values()])
      .filter(({ bytes = 0 }) => bytes <= MOST_BYTES),
  );
  const { tensors, error } = useTensors(
    useComputed(() => ({ tag: tag.value.tag, plugin: "mesh" })),
    wanted,
  );
  const shapes = useComputed(() => new Map<string, ShapeOrProblem>());
  const shown = useComputed(() => {
    const found = placesAt(0).flatMap((place) => {
      const parts = partsOf(place);
      const { info, vertices, at } = place;
      const about = {
        info,
        step: vertices.exactStep?.[at] ?? vertices.step[at]!,
        wallTime: vertices.wallTime[at]!,
      };
      const samples = all.value ? info.samples : Math.min(info.samples, MOST_SAMPLES);
      return Array.from({ length: samples }, (_, sample) => ({
        ...about,
        sample,
        ...shapeFrom(parts, tensors.value, sample, shapes.peek()),
      }));
    });
    forgetOldest(shapes.peek(), 2 * found.length);
    return found;
  });
  return {
    step,
    runs: useComputed(() => infos.value.length),
    shown,
    error: useComputed(() => feeds.error.value ?? error.value),
    waiting: useComputed(() => infos.value.length > 0 && series.value.length === 0 && tags.value.length > 0),
  };
}

type ShapeOrProblem = Pick<ShownMesh, "shape" | "problem">;
/** Shapes that are kept at least, so that an unchanged mesh stays the same object. */
const KEPT_SHAPES = 60;

function forgetOldest(known: Map<string, unknown>, wanted: number): void {
  const kept = Math.max(KEPT_SHAPES, wanted);
  for (const old of known.keys()) if (known.size > kept) known.delete(old);
}

function shapeFrom(
  parts: ReadonlyMap<PartName, WantedTensor>,
  tensors: ReadonlyMap<string, Tensor | null>,
  sample: number,
  known: Map<string, ShapeOrProblem>,
): ShapeOrProblem {
  const large = [...parts.values()].find(({ bytes = 0 }) => bytes > MOST_BYTES);
  if (large)
    return {
      shape: null,
      problem: `${formatBytes(large.bytes ?? 0)} a step, and ${formatBytes(MOST_BYTES)} are the most that is drawn. The API has it: api/v1/blob`,
    };
  const found = [...parts].map(([part, { key }]) => [part, tensors.get(key)] as const);
  if (found.some(([, tensor]) => tensor === undefined)) return { shape: null, problem: null };
  const key = `${[...parts.values()].map((part) => part.key).join(" ")} ${sample}`;
  const before = known.get(key);
  if (before) return before;
  const tensorOf = new Map(found);
  const made = attempt(() =>
    shapeOf(
      {
        vertices: tensorOf.get("vertices") ?? null,
        faces: tensorOf.get("faces") ?? null,
        colors: tensorOf.get("colors") ?? null,
      },
      sample,
    ),
  );
  known.set(key, made);
  return made;
}

function attempt(make: () => Shape): ShapeOrProblem {
  try {
    return { shape: make(), problem: null };
  } catch (error) {
    return { shape: null, problem: error instanceof Error ? error.message : String(error) };
  }
}

/** Index of a part's last record at or before a step: faces that stay the same need not be written at each. */
function lastUntil(records: RunRecords | null, step: number): number {
  let at = -1;
  for (const [i, other] of records?.step.entries() ?? []) if (other <= step) at = i;
  return at;
}

function wantedOf(records: RunRecords, at: number, tag: string): WantedTensor {
  return {
    run: records.run,
    step: records.step[at]!,
    key: records.keys[at]!,
    tag,
    bytes: records.bytes[at]!,
  };
}
