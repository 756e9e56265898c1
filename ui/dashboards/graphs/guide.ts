/** How to log graphs. */
import type { LogGuide } from "../../board/log-guide.tsx";

export const guide: LogGuide = {
  about:
    "A network as boxes in boxes, by its name scopes, with the time and memory of each part. Files can be dropped here, too: a GraphDef, a SavedModel, a Keras model’s JSON, TensorFlow.js’s model.json, a Chrome trace.",
  snippets: {
    TypeScript: (folder) => `import { callback } from "tsboard";

const board = callback(${folder}, { model });
await model.fit(x, y, { epochs: 5, callbacks: board });`,
    Keras: (folder) => `import keras

board = keras.callbacks.TensorBoard(log_dir=${folder})
model.fit(x, y, epochs=5, callbacks=[board])`,
    PyTorch: (folder) => `from torch.utils.tensorboard import SummaryWriter

writer = SummaryWriter(${folder})
writer.add_graph(model, example_input)
writer.close()`,
    JAX: (folder) => `import jax

with jax.profiler.trace(${folder}, create_perfetto_trace=True):
    train_step(state, batch)
# then drop perfetto_trace.json.gz onto this page`,
  },
};
