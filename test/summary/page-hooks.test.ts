/** Writers in a page that is hidden or left, with a page of the test's own; test/browser/ingest.test.ts has a real one. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createWriter, type Sink } from "../../summary/browser.ts";
import { decodeEvents } from "./event-files.ts";

/** Counts what it is given; writes end when they are let to. */
class PageSink implements Sink {
  readonly name = "server";
  readonly written: number[] = [];
  readonly ahead: number[] = [];
  letGo: () => void = () => {};
  slow = false;

  async write(records: Uint8Array): Promise<void> {
    this.written.push(decodeEvents(records).length);
    if (this.slow) await new Promise<void>((resolve) => (this.letGo = resolve));
  }

  sendAhead(records: Uint8Array): void {
    this.ahead.push(decodeEvents(records).length);
  }

  async close(): Promise<void> {}
}

let page: EventTarget;
beforeEach(() => {
  page = new EventTarget();
  vi.stubGlobal("addEventListener", page.addEventListener.bind(page));
  vi.stubGlobal("removeEventListener", page.removeEventListener.bind(page));
});
afterEach(() => vi.unstubAllGlobals());

const say = (type: string) => page.dispatchEvent(new Event(type));

test("a hidden page writes what it holds", async () => {
  const sink = new PageSink();
  const writer = createWriter(sink);
  writer.scalar("loss", 1, { step: 1 });
  say("visibilitychange");
  expect(sink.written).toEqual([2]);
  await writer.close();
});

test("a page that goes sends all that was not taken, also what is on its way", async () => {
  const sink = new PageSink();
  const writer = createWriter(sink);
  writer.scalar("loss", 1, { step: 1 });
  sink.slow = true;
  void writer.flush();
  writer.scalar("loss", 2, { step: 2 });
  say("pagehide");
  expect(sink.ahead).toEqual([3]);
  // It lives on: nothing was taken from the writer, which goes on as ever.
  sink.slow = false;
  sink.letGo();
  await writer.close();
  expect(sink.written).toEqual([2, 1]);
});

test("a writer that is closed is told nothing more", async () => {
  const sink = new PageSink();
  const writer = createWriter(sink);
  await writer.close();
  say("pagehide");
  expect(sink.ahead).toEqual([]);
});
