/** What the images dashboard knows of encoded images, their pixels, and where one looks. */
import { encode } from "fast-png";
import { describe, expect, it, vi } from "vitest";
import { decodeDeep, toneDeep } from "../../ui/dashboards/images/deep-pixels.ts";
import { difference } from "../../ui/dashboards/images/difference.ts";
import { ImageCache } from "../../ui/dashboards/images/image-cache.ts";
import { imageHeader } from "../../ui/dashboards/images/image-header.ts";
import { panned, WHOLE, zoomed } from "../../ui/dashboards/images/pan-zoom.ts";

const png = (value = 0) =>
  encode({ width: 3, height: 2, data: new Uint8Array(6).fill(value), channels: 1, depth: 8 });

describe("the header of an image", () => {
  it("tells kind, size and depth", () => {
    expect(imageHeader(png())).toEqual({ type: "PNG", width: 3, height: 2, depth: 8 });
    expect(imageHeader(Buffer.from("GIF89a\x05\0\x07\0", "latin1"))).toMatchObject({ width: 5, height: 7 });
    const jpeg = Buffer.from("ffd8ffe000104a46494600010100000100010000ffc00011080010002003", "hex");
    expect(imageHeader(jpeg)).toEqual({ type: "JPEG", width: 32, height: 16, depth: 8 });
    const webp = Buffer.from(
      `52494646000000005745425056503858${"0a000000"}${"10000000"}${"3f0000"}${"1f0000"}`,
      "hex",
    );
    expect(imageHeader(webp)).toMatchObject({ type: "WebP", width: 64, height: 32 });
  });

  it("is none for other bytes, and for those that break off", () => {
    for (const length of [0, 1, 8, 20, 28]) expect(imageHeader(png().subarray(0, length))).toBeNull();
    expect(imageHeader(Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>"))).toBeNull();
    expect(imageHeader(Buffer.from("ffd8ff", "hex"))).toBeNull();
  });
});

describe("pixels of 16 bits", () => {
  it("are toned before they are cut to eight", () => {
    const data = Uint16Array.of(1000, 2000, 3000, 5000);
    const pixels = decodeDeep(encode({ width: 2, height: 2, data, channels: 1, depth: 16 }));
    expect(pixels.range).toEqual([1000, 5000]);
    const grey = (levels: Parameters<typeof toneDeep>[1]) =>
      [...toneDeep(pixels, levels)].filter((_, i) => i % 4 === 0);
    expect(grey({ brightness: 1, contrast: 1, stretch: false })).toEqual([4, 8, 12, 19]);
    expect(grey({ brightness: 1, contrast: 1, stretch: true })).toEqual([0, 64, 128, 255]);
    expect(grey({ brightness: 2, contrast: 1, stretch: true })).toEqual([0, 128, 255, 255]);
    expect(() => decodeDeep(png())).toThrow("not 16 bits");
  });
});

describe("a difference", () => {
  it("is the distance of what is seen", () => {
    const a = Uint8ClampedArray.of(10, 20, 30, 255, 200, 200, 200, 0);
    const b = Uint8ClampedArray.of(10, 50, 30, 255, 0, 0, 0, 255);
    const { pixels, mean, most, share } = difference(a, b, 2);
    expect([...pixels]).toEqual([0, 60, 0, 255, 0, 0, 0, 255]);
    expect([mean, most, share]).toEqual([5, 30, 0.5]);
  });
});

describe("where one looks", () => {
  it("stays over the place that was zoomed at, and inside the image", () => {
    const closer = zoomed(WHOLE, 4, 0.5, 0.25);
    expect(closer).toEqual({ scale: 4, x: 0.375, y: 0.1875 });
    expect(zoomed(closer, 1 / 100, 0.9, 0.9)).toEqual(WHOLE);
    expect(panned(closer, 10, -10)).toEqual({ scale: 4, x: 0, y: 0.75 });
  });
});

describe("the images that are fetched", () => {
  it("are those in sight first, and none that nobody wants any more", async () => {
    const asked: string[] = [];
    const cache = new ImageCache({
      fetch: async (key) => {
        asked.push(key);
        await new Promise((resolve) => setTimeout(resolve, 1));
        return new Blob([Buffer.from(png())]);
      },
      describeError: String,
    });
    const ahead = ["p", "q", "r", "s", "t", "u"].map((key) => cache.want(key, 0, false));
    cache.want("seen", 0, true);
    ahead[5]!();
    await vi.waitFor(() => expect(cache.peek("t", 0).kind).toBe("ready"));
    expect(asked).toEqual(["p", "q", "r", "s", "seen", "t"]);
  });

  it("say what is wrong with them", async () => {
    const huge = Buffer.from(png());
    huge.writeUInt32BE(50_000, 16);
    huge.writeUInt32BE(50_000, 20);
    const files: Record<string, Blob> = {
      huge: new Blob([huge]),
      text: new Blob(["hello"]),
      none: new Blob([]),
    };
    const cache = new ImageCache({
      fetch: async (key) => files[key] ?? Promise.reject(new Error("gone")),
      describeError: (error) => (error as Error).message,
    });
    const reason = async (key: string) => {
      await new Promise<void>((resolve) => cache.want(key, 0, true, resolve));
      const state = cache.peek(key, 0);
      return state.kind === "bad" ? state.reason : state.kind;
    };
    expect(await reason("huge")).toMatch("50,000 × 50,000 pixels: more than the 100 megapixels");
    expect(await reason("text")).toMatch("5 B: not a PNG");
    expect(await reason("none")).toMatch("Empty: not a PNG");
    expect(await reason("missing")).toBe("gone");
  });
});
