/**
 * The scene that a writer asked for, as JSON by three.js class: camera, material, lights. What it leaves out is as
 * TensorBoard's page has it; what it asks for that is not known is left out, and said.
 */

export type Point = readonly [number, number, number];

export interface CameraConfig {
  readonly fov: number;
  readonly near: number | null;
  readonly far: number | null;
  readonly position: Point | null;
  readonly lookAt: Point | null;
}

export interface LightConfig {
  readonly cls: "AmbientLight" | "DirectionalLight" | "PointLight" | "HemisphereLight" | "SpotLight";
  readonly color: string | number;
  readonly intensity: number;
  readonly position: Point | null;
}

/** The materials that are known; null: the kind that suits what is drawn. */
export type MaterialClass = (typeof MATERIALS)[number];

export interface MaterialConfig {
  readonly cls: MaterialClass | null;
  readonly color: string | number | null;
  /** Of points, in units of the mesh. */
  readonly size: number | null;
  readonly roughness: number;
  readonly metalness: number;
  readonly opacity: number;
  readonly wireframe: boolean;
  readonly flatShading: boolean;
}

export interface SceneConfig {
  readonly camera: CameraConfig;
  readonly lights: readonly LightConfig[];
  readonly material: MaterialConfig;
  readonly notes: readonly string[];
}

const MATERIALS = [
  "MeshBasicMaterial",
  "MeshLambertMaterial",
  "MeshNormalMaterial",
  "MeshPhongMaterial",
  "MeshPhysicalMaterial",
  "MeshStandardMaterial",
  "MeshToonMaterial",
  "PointsMaterial",
] as const;
const LIGHTS = ["AmbientLight", "DirectionalLight", "PointLight", "HemisphereLight", "SpotLight"] as const;
const CAMERAS = ["PerspectiveCamera"] as const;

/** TensorBoard's: an even light, and one from below and in front. */
const DEFAULT_LIGHTS: readonly LightConfig[] = [
  { cls: "AmbientLight", color: "#ffffff", intensity: 0.75, position: null },
  { cls: "DirectionalLight", color: "#ffffff", intensity: 0.75, position: [0, -1, 2] },
];
const FIELD_OF_VIEW = 75;

export function sceneConfig(json: string): SceneConfig {
  const notes: string[] = [];
  const given = parse(json, notes);
  const camera = fieldsOf(given.camera);
  known(camera.cls, CAMERAS, "camera", notes);
  const material = fieldsOf(given.material);
  return {
    camera: {
      fov: within(camera.fov, 1, 170) ?? FIELD_OF_VIEW,
      near: within(camera.near, 1e-9, 1e12),
      far: within(camera.far, 1e-9, 1e12),
      position: point(camera.position),
      lookAt: point(camera.lookAt),
    },
    lights: lightsOf(given.lights, notes),
    material: {
      cls: known(material.cls, MATERIALS, "material", notes),
      color: color(material.color),
      size: within(material.size, 1e-9, 1e9),
      roughness: within(material.roughness, 0, 1) ?? 1,
      metalness: within(material.metalness, 0, 1) ?? 0,
      opacity: material.transparent === true ? (within(material.opacity, 0, 1) ?? 1) : 1,
      wireframe: material.wireframe === true,
      flatShading: material.flatShading === true,
    },
    notes,
  };
}

function parse(json: string, notes: string[]): Record<string, unknown> {
  if (json === "") return {};
  try {
    return fieldsOf(JSON.parse(json));
  } catch {
    notes.push("the scene's configuration, which is not JSON");
    return {};
  }
}

function fieldsOf(given: unknown): Record<string, unknown> {
  return typeof given === "object" && given !== null && !Array.isArray(given) ? { ...given } : {};
}

function lightsOf(given: unknown, notes: string[]): readonly LightConfig[] {
  if (!Array.isArray(given)) return DEFAULT_LIGHTS;
  return given.map(fieldsOf).flatMap((light) => {
    const cls = known(light.cls, LIGHTS, "light", notes);
    if (!cls) return [];
    return {
      cls,
      color: color(light.color) ?? "#ffffff",
      intensity: within(light.intensity, 0, 1e6) ?? 1,
      position: point(light.position),
    };
  });
}

/** One of the classes; null for none, which is said where it was asked for. */
function known<T extends string>(
  given: unknown,
  classes: readonly T[],
  what: string,
  notes: string[],
): T | null {
  const found = classes.find((one) => one === given);
  if (found === undefined && given !== undefined)
    notes.push(`the ${what} "${String(given)}", which is not known here`);
  return found ?? null;
}

function within(given: unknown, low: number, high: number): number | null {
  return typeof given === "number" && given >= low && given <= high ? given : null;
}

function point(given: unknown): Point | null {
  if (!Array.isArray(given) || given.length < 3) return null;
  const [x, y, z]: unknown[] = given;
  const all = [x, y, z];
  return all.every((value) => typeof value === "number" && Number.isFinite(value))
    ? [Number(x), Number(y), Number(z)]
    : null;
}

/** A name or a number of three's; null for what is neither. */
function color(given: unknown): string | number | null {
  if (typeof given === "number" && given >= 0 && given <= 0xffffff) return given;
  return typeof given === "string" && /^(#[0-9a-f]{3,8}|[a-z]+|(rgb|hsl)\([\d\s,.%]+\))$/i.test(given)
    ? given
    : null;
}
