/** Events into a web stream: a file that a person chose in a page, a compressor, a connection. */
import { type Sink, WriteFailure } from "./sink.ts";

export class StreamSink implements Sink {
  readonly name: string;
  private readonly writer: WritableStreamDefaultWriter<Uint8Array>;

  /** Locks the stream, and closes it with the writer. A stream that failed once takes nothing any more. */
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
