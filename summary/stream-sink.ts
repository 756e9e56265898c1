/** Events into a web stream: a file that a person chose in a page, a compressor, a connection. */
import { type Sink, WriteFailure } from "./sink.ts";

/**
 * Writes an event file into a web stream, which it closes with the writer. A stream that failed once takes nothing any
 * more.
 *
 * @example
 * let bytes = 0;
 * const stream = new WritableStream<Uint8Array>({
 *   write(records) {
 *     bytes += records.length;
 *   },
 * });
 * const streaming = createWriter(new StreamSink(stream));
 * streaming.scalar("loss", 0.5, { step: 0 });
 * await streaming.close();
 * console.log(bytes > 0); // true
 */
export class StreamSink implements Sink {
  readonly name: string;
  private readonly writer: WritableStreamDefaultWriter<Uint8Array>;

  /** Locks the stream; `name` is what errors call it. */
  constructor(stream: WritableStream<Uint8Array>, name = "stream") {
    this.writer = stream.getWriter();
    this.name = name;
  }

  async write(records: Uint8Array): Promise<void> {
    try {
      // A copy: a stream may pass chunks on before it says that it took them.
      await this.writer.write(records.slice());
    } catch (error) {
      throw new WriteFailure(error, 0);
    }
  }

  close(): Promise<void> {
    return this.writer.close();
  }
}
