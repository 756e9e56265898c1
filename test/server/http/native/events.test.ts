/** Server-sent events to clients that do not read: news are passed over, and the server does not grow. */
import { EventEmitter } from "node:events";
import type { Request, Response } from "express";
import { expect, test } from "vitest";
import { serveEvents } from "../../../../server/http/native/events.ts";
import { Loader } from "../../../../server/ingest/loader.ts";
import { defaultOptions } from "../../../../server/options.ts";
import { StatusSignal } from "../../../../server/status-signal.ts";
import { Store } from "../../../../server/store/store.ts";

/** A response whose reader takes nothing until it is told to. */
class SlowResponse extends EventEmitter {
  writableLength = 0;
  written = "";
  writeHead(): void {}
  write(text: string): boolean {
    this.written += text;
    this.writableLength += text.length;
    return false;
  }
  read(): void {
    this.writableLength = 0;
    this.emit("drain");
  }
}

test("a client that reads slowly is greeted anew instead of being told all that it missed", async () => {
  const store = new Store();
  const loader = new Loader(store, [], { reloadInterval: 0 });
  const [request, response] = [new EventEmitter(), new SlowResponse()];
  const context = { store, loader, options: { ...defaultOptions, logdir: "", sources: [] } };
  // Express's own types are far wider than what is used here.
  serveEvents(context, new StatusSignal(), request as Request, response as unknown as Response);
  expect(response.written).toContain("event: hello");
  const pause = () => new Promise((resolve) => setTimeout(resolve, 40));
  const batch = (tags: readonly string[]) => ({
    file: 0,
    heads: tags.map((tag) => ({
      tag,
      metadata: {
        plugin: "scalars",
        content: new Uint8Array(),
        displayName: "",
        description: "",
        dataClass: 1 as const,
      },
    })),
    points: {
      tags,
      counts: tags.map(() => 1),
      steps: Float64Array.from(tags, (_, i) => i),
      walls: new Float64Array(tags.length),
      values: new Float32Array(tags.length),
    },
    blocks: null,
    records: null,
    earliest: 1,
    restarted: false,
    offset: 0,
    end: null,
  });
  const tags = Array.from({ length: 100 }, (_, i) => `tag${i}`);
  const run = store.addRun("run");
  // A megabyte waits already: what comes now is the last that is written.
  response.writableLength = 1 << 20;
  for (let i = 0; i < 5; i++) {
    store.append(run, batch(tags), 0, null);
    await pause();
  }
  expect(response.written.match(/event: (?:points|catalog|status)/g)).toHaveLength(1);
  const before = response.written.length;
  response.read();
  expect(response.written.slice(before)).toContain("event: hello");
  store.append(run, batch(tags.slice(0, 3)), 0, null);
  await pause();
  expect(response.written.slice(before)).toContain('event: points\ndata: {"changed":[[0,[0,1,2]]]}');
  request.emit("close");
  await loader.close();
});
