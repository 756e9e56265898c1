/** Web streams as chunks and as targets. */
import type { ByteTarget, Chunks } from "./platform.ts";

/** The chunks of a stream; not every browser lets `for await` have them. */
export async function* streamChunks(stream: ReadableStream<Uint8Array>): Chunks {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    // Whoever stops early wants no more of it; after the end, or an error, this does nothing.
    await reader.cancel().catch(() => {});
    reader.releaseLock();
  }
}

/** Writes into a stream, which is closed with the target. */
export function streamTarget(stream: WritableStream<Uint8Array>, name = "stream"): ByteTarget {
  const writer = stream.getWriter();
  return {
    name,
    write: (chunk) => writer.write(chunk),
    close: () => writer.close(),
    abort: (reason) => writer.abort(reason),
  };
}
