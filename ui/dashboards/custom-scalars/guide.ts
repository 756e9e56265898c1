/** How to lay out charts. */
import type { LogGuide } from "../../board/log-guide.tsx";

const PYTHON = (folder: string) => `import tensorflow as tf
from tensorboard.plugins.custom_scalar import layout_pb2, summary

losses = layout_pb2.Chart(
    title="Losses", multiline=layout_pb2.MultilineChartContent(tag=["loss/.*"])
)
layout = layout_pb2.Layout(category=[layout_pb2.Category(title="Training", chart=[losses])])
writer = tf.compat.v1.summary.FileWriter(${folder}, tf.Graph())
writer.add_summary(summary.pb(layout))
writer.close()`;

const TORCH = (folder: string) => `from torch.utils.tensorboard import SummaryWriter

writer = SummaryWriter(${folder})
writer.add_custom_scalars({"Training": {"Losses": ["Multiline", ["loss/.*"]]}})
writer.close()`;

export const guide: LogGuide = {
  about: "Charts of several tags, as the training lays them out, or as you do here.",
  snippets: {
    TypeScript: (folder) => `import { createFileWriter } from "tsboard";

const writer = createFileWriter(${folder});
const losses = { title: "Losses", tags: ["loss/.*"] };
writer.customScalars([{ title: "Training", charts: [losses] }]);
await writer.close();`,
    Keras: PYTHON,
    PyTorch: TORCH,
    JAX: TORCH,
  },
};
