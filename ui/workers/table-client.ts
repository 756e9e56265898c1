/** The page's side of the worker that reads files. */
import type { Choice, ReadTable } from "../dashboards/projector/files/source.ts";
import type { FromTableWorker, OpenedFile, ToTableWorker } from "./table-protocol.ts";

export class TableClient {
  readonly #worker = new Worker(new URL("./table-worker.ts", import.meta.url), { type: "module" });

  /** @throws Error in words, when the file is nothing that can be read */
  async open(file: File): Promise<OpenedFile> {
    const answer = await this.#ask({ open: file });
    if ("opened" in answer) return answer.opened;
    throw new Error("the file was not opened");
  }

  async read(choice: Choice): Promise<ReadTable> {
    const answer = await this.#ask({ read: choice });
    if ("table" in answer) return answer.table;
    throw new Error("the file was not read");
  }

  close(): void {
    this.#worker.terminate();
  }

  #ask(message: ToTableWorker): Promise<Exclude<FromTableWorker, { error: string }>> {
    return new Promise((resolve, reject) => {
      this.#worker.onmessage = ({ data }: MessageEvent<FromTableWorker>) => {
        if ("error" in data) reject(new Error(data.error));
        else resolve(data);
      };
      this.#worker.onerror = (event) => reject(new Error(`reading failed: ${event.message}`));
      this.#worker.postMessage(message);
    });
  }
}
