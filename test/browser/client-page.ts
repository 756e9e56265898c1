/** What a web page does with `tsboard/client`, for client.test.ts, which bundles it and calls `board`. */
import { connect } from "tsboard/client";

/** The server that the page comes from: addresses are relative to it. */
const client = connect(".");

const board = {
  async losses(run: string): Promise<number[]> {
    const [series] = await client.series({ tag: "loss", runs: [run] });
    return Array.from(series?.value ?? []);
  },

  /** Shows the last image of a run; gives its size in pixels. */
  async showImage(tag: string, run: string): Promise<[width: number, height: number]> {
    const [records] = await client.records({ tag, runs: [run], limit: 1 });
    const image = new Image();
    image.src = client.blobUrl(records?.keys[0] ?? "");
    await image.decode();
    return [image.naturalWidth, image.naturalHeight];
  },

  /** The first event that has points. */
  async news(): Promise<readonly (readonly [run: number, tags: readonly number[]])[]> {
    for await (const { name, data } of client.events()) if (name === "points") return data.changed;
    return [];
  },
};

export type Board = typeof board;
Object.assign(globalThis, { board });
