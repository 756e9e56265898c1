/** The images of all points in one, as a texture; what does not fit is said in words. */
import { LinearFilter, TextureLoader } from "three";
import type { Atlas } from "./points-layer.ts";

export interface Sprite {
  readonly address: string;
  /** Of one image, pixels. */
  readonly width: number;
  readonly height: number;
}

export interface LoadedAtlas {
  /** Null where points stay dots. */
  readonly atlas: Atlas | null;
  /** What is wrong, in words; null when nothing is. */
  readonly problem: string | null;
}

/**
 * @param rows points that there are
 * @param most pixels that the browser draws at most, either way
 * @throws Error where the address gives no image
 */
export async function loadAtlas(
  { address, width, height }: Sprite,
  rows: number,
  most: number,
): Promise<LoadedAtlas> {
  const texture = await new TextureLoader().loadAsync(address);
  const { width: sheetWidth, height: sheetHeight } = texture.image;
  const sheet = `The sprite has ${sheetWidth} × ${sheetHeight} pixels`;
  const problem =
    sheetWidth > most || sheetHeight > most
      ? `${sheet}; this browser draws ${most} × ${most} at most: points are dots`
      : width < 1 || height < 1 || width > sheetWidth || height > sheetHeight
        ? `${sheet}, in which images of ${width} × ${height} do not fit: points are dots`
        : null;
  if (problem !== null) {
    texture.dispose();
    return { atlas: null, problem };
  }
  texture.flipY = false;
  texture.minFilter = LinearFilter;
  texture.generateMipmaps = false;
  const onBlack = isOnBlack(texture.image);
  const room = Math.floor(sheetWidth / width) * Math.floor(sheetHeight / height);
  return {
    atlas: { texture, width, height, sheetWidth, sheetHeight, onBlack },
    problem:
      room < rows
        ? `The sprite has room for ${room} images of ${width} × ${height}, but there are ${rows} points: the last have none`
        : null,
  };
}

/** Whether most of an image is black, as ink on paper turned round is: digits, say. */
function isOnBlack(image: CanvasImageSource): boolean {
  const side = 128;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = side;
  const context = canvas.getContext("2d");
  if (!context) return false;
  context.imageSmoothingEnabled = false;
  context.drawImage(image, 0, 0, side, side);
  const { data } = context.getImageData(0, 0, side, side);
  let black = 0;
  for (let at = 0; at < data.length; at += 4)
    if (data[at]! + data[at + 1]! + data[at + 2]! < 24 && data[at + 3]! > 250) black++;
  return black > 0.5 * side * side;
}
