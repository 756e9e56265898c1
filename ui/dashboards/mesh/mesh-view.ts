/** One mesh on a stage: its points or surface, its lights, and a camera that begins where all of it is in sight. */
import {
  AmbientLight,
  BufferAttribute,
  BufferGeometry,
  DirectionalLight,
  Group,
  HemisphereLight,
  type Light,
  type Material,
  Mesh,
  MeshBasicMaterial,
  MeshLambertMaterial,
  MeshNormalMaterial,
  MeshPhongMaterial,
  MeshPhysicalMaterial,
  MeshStandardMaterial,
  MeshToonMaterial,
  PointLight,
  Points,
  PointsMaterial,
  SpotLight,
} from "three";
import type { CameraPlace } from "../../scene/camera-place.ts";
import { Stage } from "../../scene/stage.ts";
import type { LightConfig, MaterialConfig, SceneConfig } from "./scene-config.ts";
import type { Surface } from "./settings.ts";
import { extentOf, type Shape } from "./shape.ts";

export interface MeshViewOptions {
  readonly canvas: HTMLCanvasElement;
  readonly onLost: (lost: boolean) => void;
  /** When a hand or a key moved the camera. */
  readonly onTurn: (place: CameraPlace) => void;
}

export interface MeshLook {
  readonly surface: Surface;
  /** Of points, as a factor. */
  readonly pointSize: number;
  /** Of points without colours of their own. */
  readonly color: string;
  readonly background: string;
}

/** The views of a card, by the name of their mesh. */
export type Views = Map<string, MeshView>;

/** TensorBoard's, for points; where a mesh is larger, such points would be too small to see. */
const POINT = { size: 0.005, share: 1 / 70 };
const SURFACE_COLOR = "#a0a0a0";

export class MeshView {
  readonly stage: Stage;
  readonly #canvas: HTMLCanvasElement;
  readonly #lights = new Group();
  #geometry: BufferGeometry | null = null;
  #object: Mesh | Points | null = null;
  #shape: Shape | null = null;
  #config: SceneConfig | null = null;
  #look: MeshLook | null = null;

  /** @throws Error when the browser gives no WebGL2 */
  constructor({ canvas, onLost, onTurn }: MeshViewOptions) {
    this.#canvas = canvas;
    this.stage = new Stage({ canvas, onLost, onTurn, onDraw: () => false, inPage: true });
    this.stage.add(this.#lights);
  }

  setConfig(config: SceneConfig): void {
    this.#config = config;
    this.#lights.clear();
    for (const light of config.lights) this.#lights.add(lightOf(light));
    const { fov, near, far } = config.camera;
    this.stage.lens = { fieldOfView: fov, near, far };
    this.#build();
  }

  setLook(look: MeshLook): void {
    this.#look = look;
    this.stage.background = look.background;
    this.#build();
  }

  setShape(shape: Shape | null): void {
    this.#shape = shape;
    this.#geometry?.dispose();
    this.#geometry = shape && geometryOf(shape);
    this.#build();
  }

  /** As it is seen, at two pixels for one of the page. */
  picture(): Promise<Blob> {
    this.stage.drawNow(2);
    return new Promise((resolve, reject) =>
      this.#canvas.toBlob(
        (blob) => (blob ? resolve(blob) : reject(new Error("it cannot be drawn"))),
        "image/png",
      ),
    );
  }

  dispose(): void {
    this.#clear();
    this.#geometry?.dispose();
    this.stage.dispose();
  }

  #clear(): void {
    if (!this.#object) return;
    this.stage.scene.remove(this.#object);
    disposeOf(this.#object.material);
    this.#object = null;
  }

  #build(): void {
    this.#clear();
    const [geometry, shape, look, config] = [this.#geometry, this.#shape, this.#look, this.#config];
    if (geometry && shape && look && config) {
      const isCloud = shape.faces === null || look.surface === "points";
      this.#object = isCloud
        ? new Points(geometry, pointsMaterial(shape, look, config.material))
        : new Mesh(geometry, surfaceMaterial(shape, look, config.material));
      this.stage.scene.add(this.#object);
    }
    this.stage.draw();
  }
}

function geometryOf({ positions, faces, colors }: Shape): BufferGeometry {
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(positions, 3));
  if (colors) geometry.setAttribute("color", new BufferAttribute(colors, 3));
  if (faces) {
    geometry.setIndex(new BufferAttribute(faces, 1));
    geometry.computeVertexNormals();
  }
  return geometry;
}

function pointsMaterial({ colors, box }: Shape, look: MeshLook, config: MaterialConfig): PointsMaterial {
  const usual = Math.max(POINT.size, (box ? extentOf(box) : 1) * POINT.share);
  return new PointsMaterial({
    size: (config.size ?? usual) * look.pointSize,
    vertexColors: colors !== null,
    color: colors ? "#ffffff" : (config.color ?? look.color),
    ...opacityOf(config),
  });
}

function surfaceMaterial({ colors }: Shape, look: MeshLook, config: MaterialConfig): Material {
  const shared = {
    wireframe: look.surface === "wireframe" || config.wireframe,
    side: 2 as const, // both: a hole shows what is behind it
    ...opacityOf(config),
  };
  const flatShading = look.surface === "flat" || config.flatShading;
  const painted = {
    ...shared,
    vertexColors: colors !== null,
    color: colors ? "#ffffff" : (config.color ?? SURFACE_COLOR),
  };
  const rough = { roughness: config.roughness, metalness: config.metalness };
  switch (config.cls) {
    case "MeshBasicMaterial":
      return new MeshBasicMaterial(painted);
    case "MeshLambertMaterial":
      return new MeshLambertMaterial({ ...painted, flatShading });
    case "MeshPhongMaterial":
      return new MeshPhongMaterial({ ...painted, flatShading });
    case "MeshToonMaterial":
      return new MeshToonMaterial(painted);
    case "MeshNormalMaterial":
      return new MeshNormalMaterial({ ...shared, flatShading });
    case "MeshPhysicalMaterial":
      return new MeshPhysicalMaterial({ ...painted, ...rough, flatShading });
    default:
      return new MeshStandardMaterial({ ...painted, ...rough, flatShading });
  }
}

function opacityOf({ opacity }: MaterialConfig): { transparent?: true; opacity?: number } {
  return opacity < 1 ? { transparent: true, opacity } : {};
}

function lightOf({ cls, color, intensity, position }: LightConfig): Light {
  // What configs say is of an older three, whose unit of light was this much smaller.
  const strength = intensity * Math.PI;
  const light = {
    AmbientLight: () => new AmbientLight(color, strength),
    DirectionalLight: () => new DirectionalLight(color, strength),
    HemisphereLight: () => new HemisphereLight(color, "#ffffff", strength),
    // Without falling off, as older versions had it.
    PointLight: () => new PointLight(color, strength, 0, 0),
    SpotLight: () => new SpotLight(color, strength, 0, undefined, undefined, 0),
  }[cls]();
  if (position) light.position.set(...position);
  return light;
}

function disposeOf(material: Material | Material[]): void {
  for (const one of [material].flat()) one.dispose();
}
