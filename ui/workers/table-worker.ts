/** Reads files that people drop: the page answers all the while, however large they are. */
import { openFile } from "../dashboards/projector/files/open-file.ts";
import { type Source, suggest } from "../dashboards/projector/files/source.ts";
import type { FromTableWorker, ToTableWorker } from "./table-protocol.ts";

let source: Source | null = null;

function say(message: FromTableWorker, transfer: Transferable[] = []): void {
  self.postMessage(message, { transfer });
}

async function answer(message: ToTableWorker): Promise<void> {
  if ("open" in message) {
    source = await openFile(await message.open.arrayBuffer());
    const { format, columns, rows } = source;
    say({ opened: { format, columns, rows, suggested: suggest(columns) } });
  } else if (source) {
    const table = source.read(message.read);
    say({ table }, [table.data.buffer, ...table.columns.map(({ indices }) => indices.buffer)]);
  }
}

self.onmessage = ({ data }: MessageEvent<ToTableWorker>) => {
  answer(data).catch((error: unknown) =>
    say({ error: error instanceof Error ? error.message : String(error) }),
  );
};
