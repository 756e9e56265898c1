/** A coloured mesh with settings of its scene, and a cloud of points. */
import type { Mesh } from "../../../summary/index.ts";
import type { Answer } from "../../tools/stock-answers.ts";
import { type Case, type InteropKind, lastScalar } from "../case.ts";
import { bytes, numbers } from "../data.ts";
import { perTag, tagsOf } from "../routes.ts";

const triangle = { vertices: [0, 0, 0, 1, 0, 0, 0, 1, 0.5], faces: [0, 1, 2], colors: bytes(9) };
const parts = ["VERTEX", "FACE", "COLOR"].map((type) => `&sample=0&step=3&content_type=${type}`);

export const meshes: InteropKind = {
  name: "mesh",
  ours: "`mesh`",
  theirs: "`tensorboard.plugins.mesh.summary_v2.mesh`",
  cases: [
    meshCase("mesh", triangle, { camera: { fov: 75, cls: "PerspectiveCamera" } }),
    meshCase("points", { vertices: numbers(30) }),
    lastScalar,
  ],
  routes: [
    tagsOf("mesh"),
    perTag("mesh/meshes", "steps, parts, shapes, scene settings", { compare: partsInOrder }),
    perTag("mesh/data", "vertices, faces and colours, byte for byte", { parameters: parts }),
  ],
};

function meshCase(tag: string, data: Mesh, config?: Record<string, unknown>): Case {
  const common = { step: 3, description: "*what* it is" };
  const options = config === undefined ? common : { ...common, config_dict: config };
  return { kind: "mesh", tag, data, options, log: (writer) => writer.mesh(tag, data, { ...common, config }) };
}

/** Parts are listed in any order; the settings are JSON, in which spaces are free. */
function partsInOrder({ status, body }: Answer): unknown {
  const parts: { wall_time: number; content_type: number; config: string }[] = JSON.parse(body.toString());
  const known = parts.map(({ wall_time, config, ...part }) => ({ ...part, config: JSON.parse(config) }));
  return { status, parts: known.sort((a, b) => a.content_type - b.content_type) };
}
