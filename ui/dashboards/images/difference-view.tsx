/** The difference of two images, with its numbers. */
import { type ReadonlySignal, useComputed, useSignal } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import { formatValue } from "../../app/format.ts";
import { CardMessage } from "../../board/card-message.tsx";
import { Slider } from "../../board/controls.tsx";
import { type Difference, difference } from "./difference.ts";
import type { LoadedImage } from "./image-cache.ts";
import { type PanZoom, transformOf } from "./pan-zoom.ts";

interface Pixels {
  readonly a: ImageData;
  readonly b: ImageData;
}

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
  useEffect(() => {
    let isCurrent = true;
    setFailed(false);
    Promise.all([pixelsOf(a, width, height), pixelsOf(b, width, height)]).then(
      ([left, right]) => isCurrent && setPixels({ a: left, b: right }),
      () => isCurrent && setFailed(true),
    );
    return () => {
      isCurrent = false;
    };
  }, [a, b]);
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!pixels || !context) return;
    const found = difference(pixels.a.data, pixels.b.data, gain.value);
    context.canvas.width = pixels.a.width;
    context.canvas.height = pixels.a.height;
    context.putImageData(new ImageData(found.pixels, pixels.a.width, pixels.a.height), 0, 0);
    setResult(found);
  }, [pixels, gain.value]);
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
          max={32}
          step={1}
          value={gain.value}
          onChange={(next) => (gain.value = next)}
        />
        {result && (
          <span>
            mean {formatValue(result.mean, 3)}, largest {formatValue(result.most, 3)} of 255;{" "}
            {formatValue(result.share * 100, 3)} % of pixels differ
            {sameSize ? "" : `; B (${b.header.width} × ${b.header.height}) drawn at the size of A`}
          </span>
        )}
      </div>
    </>
  );
}

async function pixelsOf({ blob }: LoadedImage, width: number, height: number): Promise<ImageData> {
  const bitmap = await createImageBitmap(blob, { premultiplyAlpha: "none" });
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("the browser gives no canvas");
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  return context.getImageData(0, 0, width, height);
}
