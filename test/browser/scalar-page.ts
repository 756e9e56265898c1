/** The least that a web page needs to log a training, for bundle.test.ts, which weighs it. */
import { createScalarWriter, HttpSink } from "tsboard";

const writer = createScalarWriter(new HttpSink("http://localhost:6006/", { token: "secret", run: "page" }));
for (let step = 0; step < 10; step++) writer.scalar("loss", 1 / (step + 1), { step });
await writer.close();
