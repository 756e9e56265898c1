/** Images that are encoded already are kept as they are; width and height come from their headers. */
import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeTensor, decodeText, type pb } from "../../proto/index.ts";
import { createWriter, type Images, MemorySink, ShapeError, ValueError } from "../../summary/index.ts";
import { onlyValue, written } from "./event-files.ts";

/** 3 x 2 pixels each, `turned.jpg` with an EXIF orientation that shows it upright; written by Pillow. */
const folder = new URL("./images/", import.meta.url);
const files = readdirSync(folder);
const read = (name: string) => readFileSync(new URL(name, folder));

/** Width, height and the images themselves, of one summary. */
function contentOf(event: pb.Event | undefined): { size: string[]; images: Uint8Array[] } {
  const tensor = decodeTensor(onlyValue(event).tensor ?? {});
  const images = (tensor.data as Uint8Array[]).slice(2).map((bytes) => Uint8Array.from(bytes));
  return { size: decodeText(tensor).slice(0, 2), images };
}

test("the files are there", () => {
  expect(files).toHaveLength(8);
});

test.each(files)("%s", async (name) => {
  const bytes = read(name);
  const [event] = await written((writer) => writer.image("x", bytes, { step: 0 }));
  const size = name === "turned.jpg" ? ["2", "3"] : ["3", "2"];
  expect(contentOf(event)).toEqual({ size, images: [Uint8Array.from(bytes)] });
});

test("several of one size are one summary, the first maxOutputs of them", async () => {
  const images = ["rgb.png", "baseline.jpg", "palette.gif", "lossy.webp"].map(read);
  const events = await written((writer) => {
    writer.image("three", images, { step: 0 });
    writer.image("all", images, { step: 0, maxOutputs: 9 });
    writer.image("none", [], { step: 0 });
  });
  expect(events.map((event) => contentOf(event).images.length)).toEqual([3, 4, 0]);
});

test("a shape makes bytes pixels, whatever they start with", async () => {
  const png = Uint8Array.from(read("rgb.png"));
  const [event] = await written((writer) => writer.image("x", png, { step: 0, shape: [1, png.length] }));
  expect(contentOf(event).size).toEqual([String(png.length), "1"]);
});

test.each<[string, Images, new (message: string) => Error, RegExp]>([
  ["text", new TextEncoder().encode("no image"), ShapeError, /no PNG, JPEG, GIF or WebP/],
  ["nothing", new Uint8Array(), ShapeError, /no PNG/],
  ["images of two sizes", [read("rgb.png"), read("turned.jpg")], ShapeError, /3 x 2, 2 x 3/],
  ["a string", ["rgb.png"] as never, ValueError, /element 0 is string "rgb.png"/],
  ["a JPEG without a frame", read("baseline.jpg").subarray(0, 100), ValueError, /a JPEG whose size/],
])("%s is refused", async (_name, images, error, message) => {
  const events = await written((writer) => {
    expect(() => writer.image("x", images, { step: 0 })).toThrow(error);
    expect(() => writer.image("x", images, { step: 0 })).toThrow(message);
  });
  expect(events).toEqual([]);
});

test("an image that breaks off gives its own size or is refused, wherever its bytes stand", () => {
  const writer = createWriter(new MemorySink());
  for (const name of files) {
    const bytes = read(name);
    // Behind the view stand bytes that must not be taken for a size.
    const memory = new Uint8Array(bytes.length * 2).fill(0x7f);
    memory.set(bytes);
    for (let length = 0; length < bytes.length; length++) {
      try {
        writer.image("x", memory.subarray(0, length), { step: 0 });
      } catch (error) {
        expect(error instanceof ShapeError || error instanceof ValueError).toBe(true);
      }
    }
  }
});

test("any bytes are an image or refused with a word", () => {
  const writer = createWriter(new MemorySink());
  const starts = files.map((name) => fc.constant([...read(name).subarray(0, 30)]));
  const bytes = fc.tuple(fc.oneof(...starts), fc.array(fc.nat(255), { maxLength: 200 }));
  fc.assert(
    fc.property(bytes, ([start, rest]) => {
      try {
        return writer.image("x", Uint8Array.from([...start, ...rest]), { step: 0 });
      } catch (error) {
        return error instanceof ShapeError || error instanceof ValueError;
      }
    }),
  );
});
