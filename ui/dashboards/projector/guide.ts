/** How to log embeddings. */
import type { LogGuide } from "../../board/log-guide.tsx";

export const guide: LogGuide = {
  about: "Vectors as points in two or three dimensions: PCA, UMAP, t-SNE, with what is known of each.",
  snippets: {
    TypeScript: (folder) => `import { createFileWriter } from "tsboard";

const writer = createFileWriter(${folder});
const vectors = Float32Array.from({ length: 100 * 8 }, Math.random);
const metadata = { word: Array.from({ length: 100 }, (_, i) => \`word \${i}\`) };
await writer.projector("words", vectors, { shape: [100, 8], step: 0, metadata });
await writer.close();`,
    Keras: (folder) => `import keras

board = keras.callbacks.TensorBoard(log_dir=${folder}, embeddings_freq=1)
model.fit(x, y, epochs=5, callbacks=[board])`,
    PyTorch: (folder) => `import torch
from torch.utils.tensorboard import SummaryWriter

writer = SummaryWriter(${folder})
vectors = torch.randn(100, 8)
writer.add_embedding(vectors, metadata=[f"word {i}" for i in range(100)], global_step=0)
writer.close()`,
    JAX: (folder) => `import numpy as np
from torch.utils.tensorboard import SummaryWriter  # or tensorboardX

writer = SummaryWriter(${folder})
writer.add_embedding(np.asarray(params["embedding"]), global_step=0)
writer.close()`,
  },
};
