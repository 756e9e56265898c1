/** How to log what changes over time. */
import type { LogGuide } from "../../board/log-guide.tsx";

export const guide: LogGuide = {
  about: "Numbers, histograms and images of a training, side by side under the names they were logged with.",
  snippets: {
    TypeScript: (folder) => `import { createFileWriter } from "tsboard";

const writer = createFileWriter(${folder});
for (let step = 0; step < 100; step++) {
  writer.scalar("train/loss", 1 / (step + 1), { step });
  writer.histogram("train/weights", weights, { step });
}
await writer.close();`,
    Keras: (folder) => `import keras

board = keras.callbacks.TensorBoard(log_dir=${folder}, histogram_freq=1)
model.fit(x, y, epochs=5, callbacks=[board])`,
    PyTorch: (folder) => `from torch.utils.tensorboard import SummaryWriter

writer = SummaryWriter(${folder})
for step in range(100):
    writer.add_scalar("train/loss", 1 / (step + 1), step)
    writer.add_histogram("train/weights", layer.weight, step)
writer.close()`,
    JAX: (folder) => `from flax.metrics.tensorboard import SummaryWriter

writer = SummaryWriter(${folder})
for step in range(100):
    writer.scalar("train/loss", 1 / (step + 1), step)
    writer.histogram("train/weights", params["kernel"], step)
writer.close()`,
  },
};
