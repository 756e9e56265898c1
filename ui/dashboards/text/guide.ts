/** How to log text. */
import type { LogGuide } from "../../board/log-guide.tsx";

export const guide: LogGuide = {
  about: "Markdown at a step: settings of a run, samples of what a model writes, tables.",
  snippets: {
    TypeScript: (folder) => `import { createFileWriter } from "tsboard";

const writer = createFileWriter(${folder});
writer.text("sample", "The loss **fell**.", { step: 1 });
await writer.close();`,
    Keras: (folder) => `import tensorflow as tf

writer = tf.summary.create_file_writer(${folder})
with writer.as_default():
    tf.summary.text("sample", "The loss **fell**.", step=1)`,
    PyTorch: (folder) => `from torch.utils.tensorboard import SummaryWriter

writer = SummaryWriter(${folder})
writer.add_text("sample", "The loss **fell**.", 1)
writer.close()`,
    JAX: (folder) => `from flax.metrics.tensorboard import SummaryWriter

writer = SummaryWriter(${folder})
writer.text("sample", "The loss **fell**.", step=1)
writer.close()`,
  },
};
