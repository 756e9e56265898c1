/** How to log meshes. */
import type { LogGuide } from "../../board/log-guide.tsx";

export const guide: LogGuide = {
  about: "Point clouds, and surfaces with faces and colours, as they move over the steps.",
  snippets: {
    TypeScript: (folder) => `import { createFileWriter } from "tsboard";

const writer = createFileWriter(${folder});
const vertices = [0, 0, 0, 1, 0, 0, 0, 1, 0];
const colors = [255, 0, 0, 0, 255, 0, 0, 0, 255];
writer.mesh("triangle", { vertices, faces: [0, 1, 2], colors }, { step: 1 });
await writer.close();`,
    Keras: (folder) => `import tensorflow as tf
from tensorboard.plugins.mesh import summary

writer = tf.summary.create_file_writer(${folder})
vertices = tf.constant([[[0.0, 0, 0], [1, 0, 0], [0, 1, 0]]])
faces = tf.constant([[[0, 1, 2]]])
with writer.as_default():
    summary.mesh("triangle", vertices=vertices, faces=faces, step=1)
writer.close()`,
    PyTorch: (folder) => `import torch
from torch.utils.tensorboard import SummaryWriter

writer = SummaryWriter(${folder})
vertices = torch.tensor([[[0.0, 0, 0], [1, 0, 0], [0, 1, 0]]])
faces = torch.tensor([[[0, 1, 2]]])
writer.add_mesh("triangle", vertices, faces=faces, global_step=1)
writer.close()`,
    JAX: (folder) => `import numpy as np
from torch.utils.tensorboard import SummaryWriter  # or tensorboardX

writer = SummaryWriter(${folder})
vertices = np.array(positions)[None]  # [1, n, 3], of jax.Array
writer.add_mesh("cloud", vertices, global_step=1)
writer.close()`,
  },
};
