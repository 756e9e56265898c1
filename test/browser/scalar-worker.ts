/** A Web Worker that logs scalars, and hands over the file. */
import { createScalarWriter, MemorySink } from "tsboard";

const sink = new MemorySink();
const writer = createScalarWriter(sink);
for (let step = 0; step < 10; step++) writer.scalar("loss", 1 / (step + 1), { step });
writer.close().then(() => self.postMessage(sink.bytes()));
