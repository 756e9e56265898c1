/** The difference of two images, with its numbers. */
import { type ReadonlySignal, useComputed, useSignal } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import { formatStep, formatValue } from "../../app/format.ts";
import { CardMessage } from "../../board/card-message.tsx";
import { Slider } from "../../board/controls.tsx";
import { type Difference, difference, fullOf, type Rgba } from "./difference.ts";
import type { LoadedImage } from "./image-cache.ts";
import { type PanZoom, transformOf } from "./pan-zoom.ts";

/** Both images at the size of A. */
interface Pixels {
  readonly a: Rgba;
  readonly b: Rgba;
  readonly width: number;
  readonly height: number;
}

/** Of 16 bits, what is 1 apart is seen with the most. */
const MOST_GAIN = { shallow: 32, deep: 8192 };

interface Props {
  readonly a: LoadedImage;
  readonly b: LoadedImage;
  readonly view: ReadonlySignal<PanZoom>;
}

export function DifferenceView({ a, b, view }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const gain = useSignal(1);
  const [pixels, setPixels] = useState<Pixels | null>(null);
  const [failed, setFailed] = useState(false);
  const [result, setResult] = useState<Difference | null>(null);
  const transform = useComputed(() => transformOf(view.value));
  const { width, height } = a.header;
  const sameSize = width === b.header.width && height === b.header.height;
  const isDeep = pixels?.a instanceof Uint16Array;
  const most = isDeep ? MOST_GAIN.deep : MOST_GAIN.shallow;
  const shownGain = Math.min(gain.value, most);
  useEffect(() => {
    let isCurrent = true;
    setFailed(false);
    pixelsOf(a, b).then(
      (both) => isCurrent && setPixels(both),
      () => isCurrent && setFailed(true),
    );
    return () => {
      isCurrent = false;
    };
  }, [a, b]);
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!pixels || !context) return;
    const found = difference(pixels.a, pixels.b, shownGain);
    context.canvas.width = pixels.width;
    context.canvas.height = pixels.height;
    context.putImageData(new ImageData(found.pixels, pixels.width, pixels.height), 0, 0);
    setResult(found);
  }, [pixels, shownGain]);
  if (failed) return <CardMessage kind="error">One of the two images does not decode</CardMessage>;
  return (
    <>
      <div class="compare-layers">
        <div class="image-view" style={{ aspectRatio: `${width} / ${height}` }}>
          <canvas
            ref={canvas}
            role="img"
            aria-label="Difference of A and B"
            style={{ transform: transform.value, imageRendering: "pixelated" }}
          />
        </div>
      </div>
      <div class="difference-numbers">
        <Slider
          label="Gain"
          min={1}
          max={most}
          step={1}
          value={shownGain}
          onChange={(next) => (gain.value = next)}
        />
        {result && pixels && (
          <span>
            mean {formatValue(result.mean, 3)}, largest {formatValue(result.most, isDeep ? 5 : 3)} of{" "}
            {formatStep(fullOf(pixels.a))}; {formatValue(result.share * 100, 3)} % of pixels differ
            {sameSize ? "" : `; B (${b.header.width} × ${b.header.height}) drawn at the size of A`}
          </span>
        )}
      </div>
    </>
  );
}

/** Both at the size of A; with 16 bits a channel where one of them has as many, which browsers would cut to 8. */
async function pixelsOf(a: LoadedImage, b: LoadedImage): Promise<Pixels> {
  const { width, height } = a.header;
  const rgbaOf = isDeepPng(a) || isDeepPng(b) ? deepRgbaOf : shallowRgbaOf;
  const [left, right] = await Promise.all([rgbaOf(a, width, height), rgbaOf(b, width, height)]);
  return { a: left, b: right, width, height };
}

const isDeepPng = ({ header }: LoadedImage): boolean => header.depth === 16 && header.type === "PNG";

async function deepRgbaOf(image: LoadedImage, width: number, height: number): Promise<Uint16Array> {
  const { decodeDeep, deepened, deepRgba } = await import("./deep-pixels.ts");
  if (isDeepPng(image)) return deepRgba(decodeDeep(image.bytes), width, height);
  return deepened(await shallowRgbaOf(image, width, height));
}

async function shallowRgbaOf(
  { blob }: LoadedImage,
  width: number,
  height: number,
): Promise<Uint8ClampedArray> {
  const bitmap = await createImageBitmap(blob, { premultiplyAlpha: "none" });
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("the browser gives no canvas");
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  return context.getImageData(0, 0, width, height).data;
}
