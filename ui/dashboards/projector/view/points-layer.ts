/**
 * Points as the graphics card has them: where each comes from and goes to, its colour and size, in an order taken by
 * chance, so that the first thousands of them are a fair picture of all while the camera moves.
 */
import {
  BufferAttribute,
  BufferGeometry,
  Color,
  DynamicDrawUsage,
  GLSL3,
  NearestFilter,
  Points,
  RawShaderMaterial,
  type Texture,
  Vector2,
} from "three";
import { fogAt, growth, LARGEST, MOST_FOG, ROUND_FROM, USUAL, usualSize } from "./sizes.ts";
import type { SplatPoints } from "./splat.ts";

/** Small images of all points in one. */
export interface Atlas {
  readonly texture: Texture;
  /** Of one image, pixels of the atlas. */
  readonly width: number;
  readonly height: number;
  readonly sheetWidth: number;
  readonly sheetHeight: number;
  /** Whether black is the paper that the images stand on, and not drawn. */
  readonly onBlack: boolean;
}

const VERTEX = /* glsl */ `
precision highp float;
uniform mat4 modelViewMatrix;
uniform mat4 projectionMatrix;
uniform float glide, size, perspective, largest;
uniform vec2 fog;
in vec3 from, to;
in vec4 look;
#ifdef ATLAS
in float row;
flat out float point;
#endif
out vec4 shade;
void main() {
  float weight = look.a * ${(255 / USUAL).toFixed(6)};
  vec4 seen = modelViewMatrix * vec4(mix(from, to, glide), 1.0);
  gl_Position = projectionMatrix * seen;
  if (!(weight > 0.0) || !(gl_Position.x == gl_Position.x)) {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    gl_PointSize = 1.0;
    return;
  }
  float depth = -seen.z;
  // Odd weights come before all others.
  if (mod(floor(look.a * 255.0 + 0.5), 2.0) > 0.5) gl_Position.z = 0.5 * (gl_Position.z - gl_Position.w);
  gl_PointSize = clamp(size * weight * mix(1.0, 2.0 / depth, perspective), 1.0, largest);
  shade = vec4(look.rgb, ${MOST_FOG.toFixed(6)} * perspective * smoothstep(fog.x, fog.y, depth));
#ifdef ATLAS
  point = row;
#endif
}`;

const FRAGMENT = /* glsl */ `
precision mediump float;
uniform vec3 background;
in vec4 shade;
out vec4 color;
#ifdef ATLAS
precision highp float;
uniform sampler2D atlas;
uniform vec2 image, sheet;
uniform float onBlack;
flat in float point;
#endif
void main() {
#ifdef ATLAS
  float side = max(image.x, image.y);
  vec2 at = (gl_PointCoord - 0.5) * side + 0.5 * image;
  if (at.x < 0.0 || at.y < 0.0 || at.x >= image.x || at.y >= image.y) discard;
  float columns = floor(sheet.x / image.x);
  vec2 corner = vec2(mod(point, columns), floor(point / columns)) * image;
  if (corner.y >= sheet.y) discard;
  vec4 texel = texture(atlas, (corner + at) / sheet);
  if (texel.a < 0.05 || (onBlack > 0.5 && max(texel.r, max(texel.g, texel.b)) < 0.25)) discard;
  color = vec4(mix(texel.rgb * shade.rgb, background, shade.a), 1.0);
#else
#ifdef ROUND
  vec2 off = gl_PointCoord - 0.5;
  if (dot(off, off) > 0.25) discard;
#endif
  color = vec4(mix(shade.rgb, background, shade.a), 1.0);
#endif
}`;

/** Fewer than this are always drawn. */
const LEAST = 8_000;
/** A picture that takes longer than this while moving is drawn with fewer points. */
const SLOW_MILLIS = 26;
const QUICK_MILLIS = 18;

export class PointsLayer {
  readonly object: Points<BufferGeometry, RawShaderMaterial>;
  readonly rows: number;
  /** Which row each place in the buffers has. */
  readonly #order: Uint32Array;
  readonly #from: BufferAttribute;
  readonly #to: BufferAttribute;
  readonly #look: BufferAttribute;
  readonly #plain: RawShaderMaterial;
  readonly #round: RawShaderMaterial;
  #images: RawShaderMaterial | null = null;
  readonly #uniforms: Readonly<Record<string, { value: unknown }>>;
  #share = 1;
  #version = nextVersion();
  readonly #usual: number;
  /** Times the usual size, as the person likes it. */
  scale = 1;

  constructor(rows: number) {
    this.rows = rows;
    this.#order = shuffled(rows);
    this.#usual = usualSize(rows);
    this.#from = attribute(rows, 3);
    this.#to = attribute(rows, 3);
    this.#look = new BufferAttribute(new Uint8Array(rows * 4), 4, true);
    this.#look.usage = DynamicDrawUsage;
    const geometry = new BufferGeometry();
    geometry.setAttribute("from", this.#from);
    geometry.setAttribute("to", this.#to);
    geometry.setAttribute("look", this.#look);
    this.#uniforms = {
      glide: { value: 1 },
      size: { value: this.#usual },
      perspective: { value: 1 },
      largest: { value: LARGEST },
      fog: { value: new Vector2(1.2, 3.4) },
      background: { value: new Color() },
      atlas: { value: null },
      image: { value: new Vector2(1, 1) },
      sheet: { value: new Vector2(1, 1) },
      onBlack: { value: 0 },
    };
    this.#plain = this.#material({});
    this.#round = this.#material({ ROUND: "" });
    this.object = new Points(geometry, this.#plain);
    this.object.frustumCulled = false;
  }

  /** Pixels across a point of the usual weight. */
  get size(): number {
    return this.#usual * this.scale;
  }

  /** How many times larger points are drawn, where they are images. */
  get imageFactor(): number {
    return this.#images ? Math.max(1.5, Math.min(5, 220 / Math.sqrt(this.rows) / this.#usual)) : 1;
  }

  /** Whether points are images, not dots. */
  get hasImages(): boolean {
    return this.#images !== null;
  }

  /** The points as they are held, for whatever draws them without a graphics card. */
  get points(): Omit<SplatPoints, "count"> {
    return {
      from: this.#from.array as Float32Array,
      to: this.#to.array as Float32Array,
      looks: this.#look.array as Uint8Array,
      glide: this.glide,
    };
  }

  /** Another number wherever something else is in `points`; never that of another layer. */
  get version(): number {
    return this.#version;
  }

  /** @param color of the ground, towards which far points fade */
  set background(color: string) {
    this.#uniforms.background!.value = new Color(color).convertLinearToSRGB();
  }

  /** @param atlas null: points are dots */
  set atlas(atlas: Atlas | null) {
    this.#forgetImages();
    if (!atlas) return;
    atlas.texture.magFilter = NearestFilter;
    this.#uniforms.atlas!.value = atlas.texture;
    this.#uniforms.image!.value = new Vector2(atlas.width, atlas.height);
    this.#uniforms.sheet!.value = new Vector2(atlas.sheetWidth, atlas.sheetHeight);
    this.#uniforms.onBlack!.value = atlas.onBlack ? 1 : 0;
    if (!this.object.geometry.hasAttribute("row"))
      this.object.geometry.setAttribute("row", new BufferAttribute(Float32Array.from(this.#order), 1));
    this.#images = this.#material({ ATLAS: "" });
  }

  /** Where rows go, from where they are. @param places three numbers a row */
  glideTo(places: Float32Array, from: Float32Array): void {
    this.#fill(this.#from, from);
    this.#fill(this.#to, places);
    this.glide = 0;
  }

  /** Places without a way to them. */
  moveTo(places: Float32Array): void {
    this.#fill(this.#to, places);
    this.glide = 1;
  }

  /** 0 where rows come from, 1 where they go. */
  set glide(share: number) {
    this.#uniforms.glide!.value = share;
    this.#version = nextVersion();
  }

  get glide(): number {
    return Number(this.#uniforms.glide!.value);
  }

  /** Red, green, blue and weight (`weightOf`; 0: hidden) of each row. */
  setLooks(looks: Uint8Array): void {
    const own = new Uint32Array(this.#look.array.buffer);
    const theirs = new Uint32Array(looks.buffer, looks.byteOffset, this.rows);
    const order = this.#order;
    for (let slot = 0; slot < own.length; slot++) own[slot] = theirs[order[slot]!]!;
    this.#look.needsUpdate = true;
    this.#version = nextVersion();
  }

  /** Before a picture: how many points, and how they look. @param frameMillis how long pictures take */
  prepare(options: {
    readonly moving: boolean;
    readonly frameMillis: number;
    readonly flat: boolean;
    readonly pixelRatio: number;
    readonly distance: number;
  }): void {
    const { moving, frameMillis, flat, pixelRatio, distance } = options;
    if (moving && frameMillis > SLOW_MILLIS) this.#share = Math.max(LEAST / this.rows, this.#share * 0.8);
    else if (moving && frameMillis > 0 && frameMillis < QUICK_MILLIS)
      this.#share = Math.min(1, this.#share * 1.15);
    const share = moving ? Math.min(1, this.#share) : 1;
    this.object.geometry.setDrawRange(0, Math.ceil(share * this.rows));
    const size = this.size * pixelRatio * this.imageFactor;
    this.#uniforms.size!.value = size * growth(share);
    this.#uniforms.perspective!.value = flat ? 0 : 1;
    (this.#uniforms.fog!.value as Vector2).set(...fogAt(distance));
    this.object.material = this.#images ?? (moving || size < ROUND_FROM ? this.#plain : this.#round);
  }

  /** Share of the points that moving pictures have. */
  get share(): number {
    return this.#share;
  }

  dispose(): void {
    this.object.geometry.dispose();
    this.#forgetImages();
    for (const material of [this.#plain, this.#round]) material.dispose();
  }

  #forgetImages(): void {
    this.#images?.dispose();
    this.#images = null;
    (this.#uniforms.atlas!.value as Texture | null)?.dispose();
    this.#uniforms.atlas!.value = null;
  }

  #fill(attribute: BufferAttribute, rows: Float32Array): void {
    const { array } = attribute;
    const order = this.#order;
    for (let slot = 0, at = 0; slot < order.length; slot++, at += 3) {
      const from = 3 * order[slot]!;
      array[at] = rows[from]!;
      array[at + 1] = rows[from + 1]!;
      array[at + 2] = rows[from + 2]!;
    }
    attribute.needsUpdate = true;
  }

  #material(defines: Readonly<Record<string, string>>): RawShaderMaterial {
    return new RawShaderMaterial({
      glslVersion: GLSL3,
      vertexShader: VERTEX,
      fragmentShader: FRAGMENT,
      uniforms: this.#uniforms,
      defines: { ...defines },
    });
  }
}

let versions = 0;
const nextVersion = (): number => ++versions;

function attribute(rows: number, width: number): BufferAttribute {
  const made = new BufferAttribute(new Float32Array(rows * width), width);
  made.usage = DynamicDrawUsage;
  return made;
}

/** The numbers below `count` in an order taken by chance, the same each time. */
function shuffled(count: number): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  let state = 0x9e3779b9;
  for (let i = count - 1; i > 0; i--) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const other = Math.floor((state / 2 ** 32) * (i + 1));
    const kept = order[i]!;
    order[i] = order[other]!;
    order[other] = kept;
  }
  return order;
}
