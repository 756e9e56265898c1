/** How to log histograms. */
import type { LogGuide } from "../../board/log-guide.tsx";

export const guide: LogGuide = {
  about:
    "How the values of a tensor spread, and how that changes over training: weights, gradients, activations.",
  snippets: {
    TypeScript: (folder) => `import { createFileWriter } from "tsboard";

const writer = createFileWriter(${folder});
writer.histogram("dense/kernel", weights, { step: 1 });
await writer.close();`,
    Keras: (folder) => `import keras

board = keras.callbacks.TensorBoard(log_dir=${folder}, histogram_freq=1)
model.fit(x, y, epochs=5, callbacks=[board])`,
    PyTorch: (folder) => `from torch.utils.tensorboard import SummaryWriter

writer = SummaryWriter(${folder})
writer.add_histogram("dense/kernel", layer.weight, 1)
writer.close()`,
    JAX: (folder) => `from flax.metrics.tensorboard import SummaryWriter

writer = SummaryWriter(${folder})
writer.histogram("dense/kernel", params["kernel"], step=1)
writer.close()`,
  },
};
