"""What PyTorch's SummaryWriter makes (torch/utils/tensorboard/summary.py), event by event: PyTorch itself is large."""

import numpy as np
from tensorboard.compat.proto import summary_pb2
from tensorboard.plugins.hparams import api_pb2, plugin_data_pb2
from images import encoded
from audio import clip
from records import EventFile, floats, metadata, strings, value_of
from hparams import data, start


def make(folder):
    rng = np.random.default_rng(31)
    with EventFile(folder / "torch") as file:
        for step in range(5):
            file.scalar("Loss/train", step, 1 / (step + 1))
            file.tensor("new_style", step, floats(step), metadata("scalars"))
            file.values(step, summary_pb2.Summary.Value(tag="weights", histo=histogram(rng.normal(size=100))))
            image = summary_pb2.Summary.Image(height=3, width=4, colorspace=3, encoded_image_string=encoded("PNG", seed=step))
            file.values(step, summary_pb2.Summary.Value(tag="input", image=image))
            video = summary_pb2.Summary.Image(height=3, width=4, colorspace=3, encoded_image_string=encoded("GIF", mode="L", seed=step))
            file.values(step, summary_pb2.Summary.Value(tag="video", image=video))
            audio = summary_pb2.Summary.Audio(
                sample_rate=8000, num_channels=1, length_frames=20, encoded_audio_string=clip(step), content_type="audio/wav"
            )
            file.values(step, summary_pb2.Summary.Value(tag="sound", audio=audio))
            about_text = metadata("text", b"\x08\x00")
            file.tensor("words/text_summary", step, strings([f"epoch {step}  \n`code`\n\n    indented"]), about_text)
    for run, tag in [("torch/Loss_train", "Loss"), ("torch/Loss_eval", "Loss")]:
        # add_scalars: a run a curve.
        with EventFile(folder / run) as file:
            for step in range(5):
                file.scalar(tag, step, float(step))
    for i, number in enumerate([0.1, 0.01]):
        with EventFile(folder / f"torch/17000000{i}0.5") as file:
            # add_hparams: a run of its own, an experiment in each.
            hparams = {"lr": number, "bsize": 1.0, "opt": "sgd", "nesterov": True}
            infos = [
                api_pb2.HParamInfo(name="lr", type=api_pb2.DATA_TYPE_FLOAT64),
                api_pb2.HParamInfo(name="opt", type=api_pb2.DATA_TYPE_STRING),
                api_pb2.HParamInfo(name="nesterov", type=api_pb2.DATA_TYPE_BOOL),
            ]
            metrics = [api_pb2.MetricInfo(name=api_pb2.MetricName(tag="hparam/accuracy"))]
            experiment = data(experiment=api_pb2.Experiment(hparam_infos=infos, metric_infos=metrics))
            file.values(0, value_of("_hparams_/experiment", None, experiment))
            file.values(0, value_of("_hparams_/session_start_info", None, start(hparams)))
            ended = plugin_data_pb2.SessionEndInfo(status=api_pb2.STATUS_SUCCESS)
            file.values(0, value_of("_hparams_/session_end_info", None, data(session_end_info=ended)))
            file.scalar("hparam/accuracy", 0, 0.5 + number)


def histogram(values):
    """Bins as PyTorch has them: counts and limits, none empty at either end but one on the left."""
    counts, limits = np.histogram(values, bins=12)
    return summary_pb2.HistogramProto(
        min=values.min(),
        max=values.max(),
        num=len(values),
        sum=values.sum(),
        sum_squares=values.dot(values),
        bucket_limit=limits.tolist(),
        bucket=[0, *counts.tolist()],
    )
