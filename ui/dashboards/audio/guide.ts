/** How to log audio. */
import type { LogGuide } from "../../board/log-guide.tsx";

export const guide: LogGuide = {
  about: "Clips of sound at a step: what a model hears or makes, with waveform and spectrogram.",
  snippets: {
    TypeScript: (folder) => `import { createFileWriter } from "tsboard";

const writer = createFileWriter(${folder});
writer.audio("voice", samples, { step: 1, sampleRate: 16000 });
await writer.close();`,
    Keras: (folder) => `import tensorflow as tf

writer = tf.summary.create_file_writer(${folder})
with writer.as_default():
    tf.summary.audio("voice", waves, sample_rate=16000, step=1)  # [clips, frames, channels]`,
    PyTorch: (folder) => `from torch.utils.tensorboard import SummaryWriter

writer = SummaryWriter(${folder})
writer.add_audio("voice", samples, 1, sample_rate=16000)
writer.close()`,
    JAX: (folder) => `from flax.metrics.tensorboard import SummaryWriter

writer = SummaryWriter(${folder})
writer.audio("voice", waves, step=1, sample_rate=16000)
writer.close()`,
  },
};
