"""Audio: one and several clips per step, with labels and without, of encodings that are known and not."""

import io
import wave

import numpy as np
from tensorboard.compat.proto import summary_pb2
from tensorboard.plugins.audio import plugin_data_pb2
from records import EventFile, metadata, strings, tensor


def about(**content):
    return metadata("audio", plugin_data_pb2.AudioPluginData(**content).SerializeToString(), description="a _tone_")


WAV = about(encoding=plugin_data_pb2.AudioPluginData.WAV)


def clip(seed=1, frames=20):
    samples = np.random.default_rng(seed).integers(-2000, 2000, frames).astype("<i2")
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(samples.tobytes())
    return out.getvalue()


def make(folder):
    with EventFile(folder / "audio/modern") as file:
        for step, count in enumerate([2, 3, 3]):
            file.tensor("vector", step, strings([clip(i + step) for i in range(count)]), WAV)
            labelled = [part for i in range(count) for part in (clip(i), f"label *{i}*")]
            file.tensor("labelled", step, strings(labelled, shape=[count, 2]), WAV)
        file.tensor("encoding/unknown", 0, strings([clip()]), about())
        file.tensor("encoding/other", 0, strings([clip()]), about(encoding=77))
        file.tensor("encoding/no_content", 0, strings([clip()]), metadata("audio"))
        file.tensor("encoding/not_wav", 0, strings([b"OggS and so on"]), WAV)
        file.tensor("shapes/empty_clip", 0, strings([b""]), WAV)
        file.tensor("shapes/rank_0", 0, strings([clip()], shape=[]), WAV)
        file.tensor("shapes/three_columns", 0, strings([clip()] * 3, shape=[1, 3]), WAV)
        file.tensor("shapes/odd_count", 0, strings([clip(), "a", clip(2)], shape=[2, 2]), WAV)
        file.tensor("shapes/floats", 0, tensor(1, [2], float_val=[1, 2]), WAV)
        for step in [0, 1, 2, 1]:
            file.tensor("restarted", step, strings([clip(step)]), WAV)
    with EventFile(folder / "audio/changing") as file:
        # Clips with labels, then without: the same tag has both shapes.
        file.tensor("labels_first", 0, strings([clip(1), "one", clip(2), "two"], shape=[2, 2]), WAV)
        file.tensor("labels_first", 1, strings([clip(3), clip(4), clip(5)]), WAV)
        file.tensor("labels_last", 0, strings([clip(1), clip(2), clip(3)]), WAV)
        file.tensor("labels_last", 1, strings([clip(4), "four"], shape=[1, 2]), WAV)
