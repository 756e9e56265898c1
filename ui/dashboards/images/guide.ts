/** How to log images. */
import type { LogGuide } from "../../board/log-guide.tsx";

export const guide: LogGuide = {
  about:
    "Images over time: samples, predictions, attention maps. Every run's at a step side by side, or two laid over each other.",
  snippets: {
    TypeScript: (folder) => `import { createFileWriter } from "tsboard";

const writer = createFileWriter(${folder});
const pixels = Float32Array.from({ length: 28 * 28 }, Math.random); // 0 to 1
writer.image("samples", pixels, { step: 1, shape: [28, 28, 1] });
await writer.close();`,
    Keras: (folder) => `import tensorflow as tf

writer = tf.summary.create_file_writer(${folder})
images = tf.random.uniform([3, 28, 28, 1])  # 0 to 1
with writer.as_default():
    tf.summary.image("samples", images, step=1)
writer.close()`,
    PyTorch: (folder) => `import torch
from torch.utils.tensorboard import SummaryWriter

writer = SummaryWriter(${folder})
writer.add_images("samples", torch.rand(3, 1, 28, 28), 1)
writer.close()`,
    JAX: (folder) => `import numpy as np
from flax.metrics.tensorboard import SummaryWriter

writer = SummaryWriter(${folder})
writer.image("samples", np.random.rand(3, 28, 28, 1), step=1)
writer.close()`,
  },
};
