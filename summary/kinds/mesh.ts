/** Meshes and point clouds at a step: the mesh dashboard. A tensor each for vertices, faces and colours. */
import { pb } from "../../proto/codec.ts";
import { encodeTensor, type NumericArray } from "../../proto/tensor.ts";
import { checkOptions, checkParts, type OptionNames, SUMMARY_OPTIONS } from "../check-options.ts";
import { ShapeError, ValueError } from "../errors.ts";
import type { SummaryOptions } from "../options.ts";
import type { Recorder } from "../recorder.ts";
import { checkShape, type Numbers, ownShape, toDoubles } from "../tensor-like.ts";

/**
 * Each of shape [batch, n, 3] or [n, 3], a tensor or nested arrays; a flat array is one mesh.
 *
 * @example
 * const triangle: Mesh = { vertices: [0, 0, 0, 1, 0, 0, 0, 1, 0], faces: [0, 1, 2] };
 * writer.mesh("triangle", triangle, { step: 0 });
 */
export interface Mesh {
  /** Coordinates x, y, z. */
  readonly vertices: Numbers;
  /** Triangles: three indices of vertices each. Default: none, a point cloud. */
  readonly faces?: Numbers | undefined;
  /** Red, green, blue of every vertex, from 0 to 255. Default: none. */
  readonly colors?: Numbers | undefined;
}

/**
 * How the scene is set, and what is said of the tag.
 *
 * @example
 * const options: MeshOptions = { step: 0, config: { camera: { cls: "PerspectiveCamera", fov: 75 } } };
 * writer.mesh("points", { vertices: [0, 0, 0, 1, 1, 1] }, options);
 */
export interface MeshOptions extends SummaryOptions {
  /** Settings of the scene by three.js class, such as { camera: { cls: "PerspectiveCamera", fov: 75 } }. */
  readonly config?: Readonly<Record<string, unknown>> | undefined;
}

const DEFAULTS: MeshOptions = {};
const OPTIONS: OptionNames<MeshOptions> = { ...SUMMARY_OPTIONS, config: true };
const PARTS: OptionNames<Mesh> = { vertices: true, faces: true, colors: true };
const { VERTEX, FACE, COLOR } = pb.MeshPluginData.ContentType;

/**
 * Writes a mesh or a point cloud, as `<tag>_VERTEX`, `<tag>_FACE` and `<tag>_COLOR`.
 *
 * @returns whether all of it was kept
 * @throws ShapeError when a shape is not [batch, n, 3] or [n, 3], or there are not as many colours as vertices
 * @throws ValueError when a part is not known, something is not a number, a face's index is no vertex's, or a colour is out of range
 * @throws TagError, StepError
 * @example
 * const vertices = [0, 0, 0, 1, 0, 0, 0, 1, 0];
 * const colors = [255, 0, 0, 0, 255, 0, 0, 0, 255];
 * writer.mesh("triangle", { vertices, faces: [0, 1, 2], colors }, { step: 0 });
 * writer.mesh("cloud", { vertices }, { step: 0 });
 */
export function mesh(recorder: Recorder, tag: string, mesh: Mesh, options: MeshOptions = DEFAULTS): boolean {
  checkOptions(options, OPTIONS, () => `mesh "${tag}"`);
  checkParts(mesh, PARTS, () => `mesh "${tag}"`);
  const parts = [
    { type: VERTEX, suffix: "VERTEX", ...partOf(mesh.vertices, (data) => Float32Array.from(data)) },
    mesh.faces && { type: FACE, suffix: "FACE", ...partOf(mesh.faces, toIndices) },
    mesh.colors && { type: COLOR, suffix: "COLOR", ...partOf(mesh.colors, toColours) },
  ].filter((part) => part !== undefined);
  checkFaces(tag, parts);
  checkColours(tag, parts);
  const components = parts.reduce((mask, part) => mask | (1 << part.type), 0);
  const jsonConfig = JSON.stringify(options.config ?? {}, sortedKeys);
  let kept = true;
  for (const { type, suffix, data, shape } of parts) {
    const about = { name: tag, contentType: type, components, shape, jsonConfig };
    const plugin = { name: "mesh", content: pb.MeshPluginData.encode(about).finish() };
    kept = recorder.tensor(`${tag}_${suffix}`, plugin, encodeTensor(data, shape), options) && kept;
  }
  return kept;
}

function partOf<Data extends NumericArray>(numbers: Numbers, convert: (data: Float64Array) => Data) {
  const data = convert(toDoubles(numbers));
  const own = ownShape(numbers);
  const dims = own === undefined || own.length === 1 ? [data.length / 3, 3] : own;
  const shape = dims.length === 2 ? [1, ...dims] : [...dims];
  if (shape.length !== 3 || shape[2] !== 3)
    throw new ShapeError(`a mesh is of shape [batch, n, 3] or [n, 3], not [${dims.join(", ")}]`);
  checkShape(shape, data.length);
  return { data, shape };
}

interface Part {
  readonly type: number;
  readonly data: NumericArray;
  readonly shape: readonly number[];
}

/** Throws {@link ShapeError} when there is not a colour for every vertex. */
function checkColours(tag: string, parts: readonly Part[]): void {
  const [vertices, colours] = [VERTEX, COLOR].map(
    (wanted) => parts.find(({ type }) => type === wanted)?.shape,
  );
  if (!vertices || !colours || (vertices[0] === colours[0] && vertices[1] === colours[1])) return;
  const counted = ([batch, count]: readonly number[]): string =>
    batch === 1 ? `${count}` : `${batch} × ${count}`;
  throw new ShapeError(
    `mesh "${tag}": every vertex has a colour, but there are ${counted(vertices)} vertices and ${counted(colours)} colours`,
  );
}

/** Throws {@link ValueError} when a triangle's corner is none of its mesh's vertices. */
function checkFaces(tag: string, parts: readonly Part[]): void {
  const faces = parts.find(({ type }) => type === FACE);
  const vertices = parts.find(({ type }) => type === VERTEX)?.shape[1] ?? 0;
  if (faces === undefined) return;
  const odd = faces.data.findIndex((index: number | bigint) => index >= vertices);
  if (odd < 0) return;
  throw new ValueError(
    `mesh "${tag}": face ${Math.floor(odd / 3)} has a corner at vertex ${faces.data[odd]}, but there are ${vertices}, counted from 0`,
  );
}

function toIndices(data: Float64Array): Int32Array {
  return Int32Array.from(data, (value) => checkInteger("an index", value, 2 ** 31 - 1));
}

function toColours(data: Float64Array): Uint8Array {
  return Uint8Array.from(data, (value) => checkInteger("a colour", value, 255));
}

function checkInteger(what: string, value: number, max: number): number {
  if (Number.isInteger(value) && value >= 0 && value <= max) return value;
  throw new ValueError(`${what} is an integer from 0 to ${max}, not ${value}`);
}

/** JSON with keys in order, so that the same settings are the same bytes. */
function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
