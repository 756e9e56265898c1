/** How to log PR curves. */
import type { LogGuide } from "../../board/log-guide.tsx";

export const guide: LogGuide = {
  about: "Precision against recall of a classifier at every threshold, step by step and run beside run.",
  snippets: {
    TypeScript: (folder) => `import { createFileWriter } from "tsboard";

const writer = createFileWriter(${folder});
writer.prCurve("is seven", { labels, predictions }, { step: 1 });
await writer.close();`,
    Keras: (folder) => `import tensorflow as tf
from tensorboard.plugins.pr_curve import summary

writer = tf.summary.create_file_writer(${folder})
with writer.as_default():
    curve = summary.pb("is seven", labels=labels, predictions=predictions)
    tf.summary.experimental.write_raw_pb(curve.SerializeToString(), step=1)`,
    PyTorch: (folder) => `from torch.utils.tensorboard import SummaryWriter

writer = SummaryWriter(${folder})
writer.add_pr_curve("is seven", labels, predictions, 1)
writer.close()`,
    JAX: (folder) => `from tensorboardX import SummaryWriter

writer = SummaryWriter(${folder})
writer.add_pr_curve("is seven", labels, predictions, 1)
writer.close()`,
  },
};
