/** An image as it is seen: toned, zoomed, and in words where it cannot be seen. */
import { type ReadonlySignal, useComputed } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import { whenIdle } from "../../app/idle.ts";
import type { DeepPixels } from "./deep-pixels.ts";
import type { ImageState, LoadedImage } from "./image-cache.ts";
import { type PanZoom, transformOf } from "./pan-zoom.ts";
import { actualSize, brightness, contrast, stretch } from "./settings.ts";

/** Narrower images are drawn larger than they are in most places. */
const SMALL = 128;
/** What hands can do with it. */
const HANDS = "Ctrl and the wheel zoom; a drag moves what is zoomed, a double click shows all again";

interface Props {
  readonly state: ImageState;
  readonly alt: string;
  readonly view: ReadonlySignal<PanZoom>;
}

export function Picture({ state, alt, view }: Props) {
  if (state.kind === "loading") return <div class="image-view is-loading" />;
  if (state.kind === "bad") return <p class="image-words">{state.reason}</p>;
  // A key of its own: the next image may decode where this one did not.
  return <Decoded key={state.image.header.depth} image={state.image} alt={alt} view={view} />;
}

function Decoded({ image, alt, view }: { image: LoadedImage } & Pick<Props, "alt" | "view">) {
  const { width, height, depth, type } = image.header;
  const [failed, setFailed] = useState<string | null>(null);
  const [damaged, setDamaged] = useState<string | null>(null);
  const transform = useComputed(() => transformOf(view.value));
  const words = (
    <p class="image-words">
      {type}, {width} × {height}: its pixels do not decode
    </p>
  );
  if (failed === image.url) return words;
  const size = {
    width: actualSize.value ? `${width}px` : `min(100%, calc(var(--highest) * ${width / height}))`,
  };
  const style = {
    transform: transform.value,
    imageRendering: isSmall(width, view.value.scale) ? "pixelated" : "auto",
    ...(depth !== 16 && { filter: filterOf(brightness.value, contrast.value) }),
  };
  return (
    <>
      <div class="image-view" title={HANDS} style={{ aspectRatio: `${width} / ${height}`, ...size }}>
        {depth === 16 && type === "PNG" ? (
          <Deep image={image} alt={alt} style={style} onError={() => setFailed(image.url)} />
        ) : (
          <img
            src={image.url}
            alt={alt}
            width={width}
            height={height}
            draggable={false}
            style={style}
            onError={() => setFailed(image.url)}
            onLoad={() => {
              void isWhole(image).then((whole) => whole || setDamaged(image.url));
            }}
          />
        )}
      </div>
      {damaged === image.url && words}
    </>
  );
}

const wholes = new WeakMap<LoadedImage, Promise<boolean>>();

/** Whether all pixels decode. Of a broken image an element shows what there is, and calls it loaded. */
function isWhole(image: LoadedImage): Promise<boolean> {
  const known = wholes.get(image) ?? decodesWhole(image.blob);
  wholes.set(image, known);
  return known;
}

/** A second decoding: it can wait until the page is at rest. */
function decodesWhole(blob: Blob): Promise<boolean> {
  return new Promise<void>((resolve) => void whenIdle(resolve))
    .then(() => createImageBitmap(blob))
    .then(
      (bitmap) => {
        bitmap.close();
        return true;
      },
      () => false,
    );
}

/** Pixels that are drawn larger than they are stay squares; an image that is drawn smaller is averaged, not thinned. */
function isSmall(width: number, scale: number): boolean {
  return width <= SMALL * scale;
}

function filterOf(bright: number, contrasted: number): string {
  return bright === 1 && contrasted === 1 ? "none" : `brightness(${bright}) contrast(${contrasted})`;
}

interface DeepProps {
  readonly image: LoadedImage;
  readonly alt: string;
  readonly style: Record<string, string>;
  onError(): void;
}

/** 16 bits a channel, on a canvas; the decoder comes with the first of them. */
function Deep({ image, alt, style, onError }: DeepProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [pixels, setPixels] = useState<DeepPixels | null>(null);
  const levels = { brightness: brightness.value, contrast: contrast.value, stretch: stretch.value };
  useEffect(() => {
    let isCurrent = true;
    import("./deep-pixels.ts")
      .then(({ decodeDeep }) => {
        if (isCurrent) setPixels(decodeDeep(image.bytes));
      })
      .catch(() => isCurrent && onError());
    return () => {
      isCurrent = false;
    };
  }, [image]);
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!pixels || !context) return;
    let isCurrent = true;
    void import("./deep-pixels.ts").then(({ toneDeep }) => {
      if (!isCurrent) return;
      const { width, height } = pixels;
      context.canvas.width = width;
      context.canvas.height = height;
      context.putImageData(new ImageData(toneDeep(pixels, levels), width, height), 0, 0);
    });
    return () => {
      isCurrent = false;
    };
  }, [pixels, levels.brightness, levels.contrast, levels.stretch]);
  return (
    <canvas
      ref={canvas}
      role="img"
      aria-label={alt}
      title={pixels ? `16 bit, values ${pixels.range[0]} to ${pixels.range[1]}` : "16 bit"}
      style={style}
    />
  );
}
