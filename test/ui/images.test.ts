/** What the images dashboard knows of encoded images, their pixels, and where one looks. */
import { encode } from "fast-png";
import { describe, expect, it, vi } from "vitest";
import { decodeDeep, deepened, deepRgba, toneDeep } from "../../ui/dashboards/images/deep-pixels.ts";
import { difference } from "../../ui/dashboards/images/difference.ts";
import { ImageCache } from "../../ui/dashboards/images/image-cache.ts";
import { imageHeader } from "../../ui/dashboards/images/image-header.ts";
import type { FetchedImage, RefusedImage } from "../../ui/dashboards/images/image-requests.ts";
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

describe("a difference of 16 bits", () => {
  const deep = (values: number[], channels = 1, width = 2) =>
    decodeDeep(
      encode({
        width,
        height: values.length / channels / width,
        data: Uint16Array.from(values),
        channels,
        depth: 16,
      }),
    );

  it("is seen where eight bits have none", () => {
    const [a, b] = [deep([1000, 2000]), deep([1000, 2255])].map((one) => deepRgba(one, 2, 1));
    const { pixels, mean, most, share } = difference(a!, b!, 64);
    expect([mean, most, share]).toEqual([127.5, 255, 0.5]);
    expect([...pixels]).toEqual([0, 0, 0, 255, 64, 64, 64, 255]);
  });

  it("takes colours, alpha and other sizes, and what has eight bits as the same value", () => {
    expect([...deepRgba(deep([1, 2, 3, 4], 4, 1), 1, 1)]).toEqual([1, 2, 3, 4]);
    expect([...deepRgba(deep([5, 6], 2, 1), 1, 1)]).toEqual([5, 5, 5, 6]);
    const larger = deepRgba(deep([1, 2, 3, 4], 1, 2), 4, 4);
    expect([0, 1, 2, 3].map((x) => larger[x * 4])).toEqual([1, 1, 2, 2]);
    expect([0, 1, 2, 3].map((y) => larger[y * 16])).toEqual([1, 1, 3, 3]);
    expect([...deepened(Uint8ClampedArray.of(0, 1, 255))]).toEqual([0, 257, 65535]);
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

/** A server that notes what it is asked for, and answers when it is told to: so many bytes an image, or in words. */
function noted(answerOf: (key: string) => number | RefusedImage | Error = () => 70) {
  const asked: string[] = [];
  const aborted: string[] = [];
  const answers: (() => void)[] = [];
  const cache = new ImageCache({
    fetch: (places, signal) =>
      new Promise((resolve, reject) => {
        const keys = places.map(({ key }) => key).join(" ");
        asked.push(keys);
        signal.addEventListener("abort", () => {
          aborted.push(keys);
          reject(new Error("aborted"));
        });
        answers.push(() => {
          const given = places.map(({ key }) => answerOf(key));
          const error = given.find((one) => one instanceof Error);
          if (error) reject(error);
          resolve(given.map((one) => (typeof one === "number" ? picture(one) : one) as FetchedImage));
        });
      }),
    describeError: (error) => (error as Error).message,
  });
  /** Lets the server answer all that it was asked, and gives what it is asked then. */
  const answer = async (): Promise<string[]> => {
    for (const one of answers.splice(0)) one();
    return news();
  };
  const news = async (): Promise<string[]> => {
    await new Promise((resolve) => setTimeout(resolve));
    return asked.splice(0);
  };
  return { cache, answer, news, aborted };
}

/** A PNG file of so many bytes, with whatever at its end. */
function picture(size: number): FetchedImage {
  const bytes = new Uint8Array(Math.max(size, png().length));
  bytes.set(png());
  return { bytes, type: "image/png" };
}

const letters = (count: number, before = "k") => Array.from({ length: count }, (_, i) => `${before}${i}`);

describe("the images that are fetched", () => {
  it("are those in sight first, and none that nobody wants any more", async () => {
    const { cache, answer, news } = noted();
    const ahead = ["p", "q", "r", "s", "t", "u"].map((key) => cache.want(key, 0, false));
    cache.want("seen", 0, true);
    ahead[5]!();
    // One request is left to what may come into sight.
    expect(await news()).toEqual(["seen", "p", "q"]);
    cache.want("more", 0, true);
    expect(await news()).toEqual(["more"]);
    cache.want("even more", 0, true);
    expect(await answer()).toEqual(["even more", "r s t"]);
    await answer();
    expect(cache.peek("t", 0).kind).toBe("ready");
    expect(cache.peek("u", 0).kind).toBe("loading");
  });

  it("come one a request at first, then as many as make a megabyte", async () => {
    const small = noted();
    for (const key of letters(140)) small.cache.want(key, 0, true);
    expect(await small.news()).toEqual(["k0", "k1", "k2", "k3"]);
    expect((await small.answer()).map((keys) => keys.split(" ").length)).toEqual([64, 64, 8]);

    const middling = noted(() => 300_000);
    for (const key of letters(8)) middling.cache.want(key, 0, true);
    await middling.news();
    expect(await middling.answer()).toEqual(["k4 k5 k6", "k7"]);

    const large = noted(() => 1_200_000);
    for (const key of letters(6)) large.cache.want(key, 0, true);
    await large.news();
    expect(await large.answer()).toEqual(["k4", "k5"]);
  });

  it("are asked for alone where an answer had no room for them", async () => {
    let isCrowded = true;
    const { cache, answer, news } = noted((key) =>
      key === "k5" && isCrowded ? { problem: "too large", status: 413 } : 70,
    );
    for (const key of letters(8)) cache.want(key, 0, true);
    await news();
    expect(await answer()).toEqual(["k4 k5 k6 k7"]);
    expect(await answer()).toEqual(["k5"]);
    isCrowded = false;
    await answer();
    expect(letters(8).map((key) => cache.peek(key, 0).kind)).toEqual(Array(8).fill("ready"));
  });

  it("go on coming while anybody wants one of a request, and are kept", async () => {
    const { cache, answer, news, aborted } = noted();
    for (const key of letters(4, "first")) cache.want(key, 0, true);
    await news();
    await answer();
    const stops = letters(4).map((key) => cache.want(key, 0, true));
    expect(await news()).toEqual(["k0 k1 k2 k3"]);
    for (const stop of stops.slice(1)) stop();
    expect([await news(), aborted]).toEqual([[], []]);
    // Wanted again, it is on its way already.
    const came = vi.fn();
    cache.want("k1", 0, true, came);
    await answer();
    expect(came).toHaveBeenCalledOnce();
    expect(cache.peek("k3", 0).kind).toBe("ready");
    expect(await news()).toEqual([]);
  });

  it("are given up when nobody wants any of a request, but not for a moment between two wishes", async () => {
    const { cache, news, aborted, answer } = noted();
    for (const key of letters(4, "first")) cache.want(key, 0, true);
    await news();
    await answer();
    const stops = letters(2).map((key) => cache.want(key, 0, true));
    await news();
    for (const stop of stops) stop();
    const again = cache.want("k0", 0, false);
    expect([await news(), aborted]).toEqual([[], []]);
    again();
    await news();
    expect(aborted).toEqual(["k0 k1"]);
    cache.want("k1", 0, true);
    expect(await news()).toEqual(["k1"]);
    await answer();
    expect(cache.peek("k1", 0).kind).toBe("ready");
  });

  it("have problems of their own, or those of their request", async () => {
    let isDown = false;
    const { cache, answer, news } = noted((key) => {
      if (isDown) return new Error("the server cannot be reached");
      return key === "k5" ? { problem: "it is gone", status: 404 } : 70;
    });
    for (const key of letters(7)) cache.want(key, 0, true);
    await news();
    await answer();
    await answer();
    expect(letters(7).map((key) => cache.peek(key, 0).kind)).toEqual([
      ...Array(5).fill("ready"),
      "bad",
      "ready",
    ]);
    expect(cache.peek("k5", 0)).toMatchObject({ reason: "it is gone" });
    isDown = true;
    for (const key of ["x", "y"]) cache.want(key, 0, true);
    expect(await news()).toEqual(["x y"]);
    await answer();
    for (const key of ["x", "y"])
      expect(cache.peek(key, 0)).toMatchObject({ reason: "the server cannot be reached" });
  });

  it("say what is wrong with them", async () => {
    const huge = Buffer.from(png());
    huge.writeUInt32BE(50_000, 16);
    huge.writeUInt32BE(50_000, 20);
    const files: Record<string, Uint8Array<ArrayBuffer>> = {
      huge: new Uint8Array(huge),
      text: new TextEncoder().encode("hello"),
      none: new Uint8Array(),
    };
    const cache = new ImageCache({
      fetch: async (places) =>
        places.map(({ key }) => {
          const bytes = files[key];
          if (!bytes) throw new Error("gone");
          return { bytes, type: "image/png" };
        }),
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
