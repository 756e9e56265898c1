/** Small images of all points in one large one, from which the projector cuts them. */
import { encode } from "fast-png";
import { ShapeError } from "../errors.ts";
import { imageBytes, type PixelArray, toBatch } from "../pixels.ts";
import { isTensorLike, type TensorLike } from "../tensor-like.ts";

/**
 * An image a point, of shape [points, height, width] or [points, height, width, channels].
 *
 * @example
 * const images: PointImages = { data: new Float32Array(2 * 8 * 8 * 3), shape: [2, 8, 8, 3] };
 * await writer.projector("pictures", [[0, 1], [1, 0]], { images });
 */
export type PointImages = TensorLike | { readonly data: PixelArray; readonly shape: readonly number[] };

export interface Sprite {
  readonly png: Uint8Array;
  /** Width and height of one image in pixels. */
  readonly size: readonly [number, number];
}

/** The projector refuses wider and higher ones (vz_projector, data-provider.ts). */
const MAX_SIDE = 8192;

/**
 * Lays the images out row by row in as many columns as rows; what is left over stays black, or transparent.
 *
 * @param points how many images there must be
 * @throws ShapeError when they are not as many, of another shape, or too large together
 * @throws ValueError when the pixels are of another type
 */
export function makeSprite(images: PointImages, points: number): Sprite {
  const pixels = isTensorLike(images) ? images : images.data;
  const batch = toBatch(pixels, fourDimensions(images.shape));
  const { count, width, height, channels } = batch;
  if (count !== points) throw new ShapeError(`${points} points, but ${count} images`);
  const columns = Math.ceil(Math.sqrt(count));
  checkSide(columns, Math.max(width, height), `${count} images of ${width} x ${height}`);
  const row = width * channels;
  const sheet = new Uint8Array(columns * row * columns * height);
  for (let i = 0; i < count; i++) {
    const image = imageBytes(batch, i);
    const start = Math.floor(i / columns) * height * columns * row + (i % columns) * row;
    for (let y = 0; y < height; y++)
      sheet.set(image.subarray(y * row, (y + 1) * row), start + y * columns * row);
  }
  const png = encode({
    width: columns * width,
    height: columns * height,
    channels,
    depth: 8,
    data: sheet,
  });
  return { png, size: [width, height] };
}

function fourDimensions(shape: readonly number[]): readonly number[] {
  if (shape.length === 4) return shape;
  if (shape.length === 3) return [...shape, 1];
  throw new ShapeError(
    `images of points are of shape [points, height, width] or [points, height, width, channels], ` +
      `not [${shape.join(", ")}]`,
  );
}

function checkSide(columns: number, side: number, what: string): void {
  if (columns * side <= MAX_SIDE) return;
  throw new ShapeError(
    `${what} make a sheet of ${columns * side} pixels, but the projector shows ${MAX_SIDE} at most: ` +
      `images of up to ${Math.floor(MAX_SIDE / columns)} pixels would fit`,
  );
}
