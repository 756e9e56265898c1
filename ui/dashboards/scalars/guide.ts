/** How to log scalars. */
import type { LogGuide } from "../../board/log-guide.tsx";

export const guide: LogGuide = {
  about: "Numbers over time, such as a loss or an accuracy: a line chart a tag, a line a run.",
  snippets: {
    TypeScript: (folder) => `import { createFileWriter } from "tsboard";

const writer = createFileWriter(${folder});
writer.scalar("train/loss", 0.5, { step: 1 });
await writer.close();`,
    Keras: (folder) => `import keras

board = keras.callbacks.TensorBoard(log_dir=${folder}, update_freq=10)
model.fit(x, y, epochs=5, callbacks=[board])`,
    PyTorch: (folder) => `from torch.utils.tensorboard import SummaryWriter

writer = SummaryWriter(${folder})
writer.add_scalar("train/loss", 0.5, 1)
writer.close()`,
    JAX: (folder) => `from flax.metrics.tensorboard import SummaryWriter

writer = SummaryWriter(${folder})
writer.scalar("train/loss", 0.5, step=1)
writer.close()`,
  },
};
