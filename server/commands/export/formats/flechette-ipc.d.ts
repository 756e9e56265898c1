/**
 * The encoder behind flechette's `tableToIPC`, as far as it is used here. It takes record batches from any iterable and
 * hands out each as it comes, where `tableToIPC` wants them all at once. Source: `src/encode/encode-ipc.js` of
 * @uwdata/flechette 2.6.
 */
declare module "@uwdata/flechette/src/encode/encode-ipc.js" {
  import type { Schema } from "@uwdata/flechette";

  export interface IpcRecordBatch {
    /** Of all buffers, each padded to 8 bytes. */
    byteLength: number;
    /** A node a column. */
    nodes: { length: number; nullCount: number }[];
    /** Where each buffer is. */
    regions: { offset: number; length: number }[];
    variadic: number[];
    buffers: Uint8Array[];
  }

  export interface IpcSink {
    write(bytes: Uint8Array): void;
  }

  export function encodeIPC<Sink extends IpcSink>(
    data: {
      schema: Schema;
      dictionaries?: Iterable<{ id: number; isDelta: boolean; data: IpcRecordBatch }>;
      records: Iterable<IpcRecordBatch>;
    },
    options: { sink: Sink; format: "stream" | "file" },
  ): Sink;
}
