/** How to log hyperparameters. */
import type { LogGuide } from "../../board/log-guide.tsx";

export const guide: LogGuide = {
  about: "What every training of a sweep was given, and what came of it: a run a session.",
  snippets: {
    TypeScript: (folder) => `import { createFileWriter } from "tsboard";

const writer = createFileWriter(${folder});
writer.hparams({ rate: 0.01, optimizer: "adam" });
writer.scalar("accuracy", 0.97, { step: 100 });
writer.hparamsEnd("success");
await writer.close();`,
    Keras: (folder) => `import keras
from tensorboard.plugins.hparams import api

callbacks = [keras.callbacks.TensorBoard(${folder}), api.KerasCallback(${folder}, {"rate": 0.01})]
model.fit(x, y, epochs=5, callbacks=callbacks)`,
    PyTorch: (folder) => `from torch.utils.tensorboard import SummaryWriter

writer = SummaryWriter(${folder})
writer.add_hparams({"rate": 0.01}, {"accuracy": 0.97})
writer.close()`,
    JAX: (folder) => `from flax.metrics.tensorboard import SummaryWriter

writer = SummaryWriter(${folder})
writer.hparams({"rate": 0.01})
writer.scalar("accuracy", 0.97, step=100)
writer.close()`,
  },
};
