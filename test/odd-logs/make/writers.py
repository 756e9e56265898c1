"""What TensorFlow's and tensorboardX's own writers make, with options that people use."""

import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import numpy as np
import tensorflow as tf
from tensorboard.plugins.hparams import api as hp
from tensorboardX import SummaryWriter


def make(folder):
    tensorflow2(folder)
    tensorflow1(folder)
    tensorboard_x(folder / "tensorboardX")
    settle_names(folder)


def tensorflow2(folder):
    rng = np.random.default_rng(21)
    with tf.summary.create_file_writer(str(folder / "tf2")).as_default():
        for step in range(4):
            tf.summary.scalar("double", tf.constant(step, tf.float64), step=step)
            tf.summary.scalar("int", tf.constant(step), step=step, description="an *int*")
            tf.summary.histogram("buckets/1", rng.normal(size=50), step=step, buckets=1)
            tf.summary.histogram("buckets/7", rng.normal(size=50), step=step, buckets=7)
            tf.summary.histogram("buckets/0", rng.normal(size=50), step=step, buckets=0)
            tf.summary.histogram("ints", rng.integers(0, 9, 50), step=step)
            tf.summary.image("many", rng.random((6, 4, 5, 3)), step=step, max_outputs=5)
            tf.summary.image("alpha", rng.random((1, 4, 5, 4)), step=step)
            tf.summary.image("gray_alpha", rng.random((1, 4, 5, 2)), step=step)
            tf.summary.image("bytes", rng.integers(0, 255, (2, 3, 3, 1)).astype(np.uint8), step=step, max_outputs=1)
            tf.summary.audio("stereo", rng.uniform(-1, 1, (2, 30, 2)).astype("f4"), 16000, step=step, max_outputs=2, encoding="wav")
            tf.summary.text("scalar", f"step `{step}`", step=step)
            tf.summary.text("table", [["a", "*b*"], ["1", str(step)]], step=step)
        tf.summary.scalar("nan", float("nan"), step=-1)
        tf.summary.scalar("large_step", 1.0, step=2**60 + 1)
        tf.summary.image("none", np.zeros((0, 2, 2, 3)), step=0)
        tf.summary.histogram("none", np.zeros(0), step=0)
        with tf.name_scope("scope"), tf.name_scope("inner"):
            tf.summary.scalar("scoped", 1.0, step=0)
    with tf.summary.create_file_writer(str(folder / "tf2_hparams")).as_default():
        hp.hparams({"lr": 0.1, "name": "x", "flag": True, "units": np.int32(3)}, trial_id="trial")
        tf.summary.scalar("metric", 0.5, step=1)


def tensorflow1(folder):
    v1 = tf.compat.v1
    rng = np.random.default_rng(22)
    with tf.Graph().as_default(), v1.Session() as session:
        pixels = v1.placeholder(tf.float32, [None, 4, 4, 3])
        sound = v1.placeholder(tf.float32, [None, 30, 2])
        words = v1.placeholder(tf.string)
        summaries = [
            v1.summary.scalar("scalar", tf.reduce_mean(pixels)),
            v1.summary.scalar("scalar", tf.reduce_max(pixels)),
            v1.summary.histogram("histogram", pixels),
            v1.summary.image("image", pixels, max_outputs=2),
            v1.summary.audio("audio", sound, 8000.0, max_outputs=2),
            v1.summary.text("text", words),
            v1.summary.tensor_summary("tensor", pixels[0, 0], display_name="A tensor", summary_description="*any*"),
        ]
        merged = v1.summary.merge(summaries)
        writer = v1.summary.FileWriter(str(folder / "tf1"))
        for step in range(4):
            fed = {pixels: rng.random((3, 4, 4, 3)), sound: rng.uniform(-1, 1, (2, 30, 2)), words: ["a", "**b**"]}
            writer.add_summary(session.run(merged, fed), step)
        writer.add_session_log(v1.SessionLog(status=v1.SessionLog.START), 2)
        writer.add_summary(session.run(merged, fed), 2)
        writer.close()


def tensorboard_x(folder):
    rng = np.random.default_rng(23)
    with SummaryWriter(str(folder)) as writer:
        for step in range(4):
            writer.add_scalar("plain", step / 3, step)
            writer.add_scalar("named", step, step, display_name="Named", summary_description="A *description*")
            writer.add_scalars("group", {"a": step, "b/c": -step, "d e": 0.5}, step)
            writer.add_histogram("auto", rng.normal(size=100), step, bins="auto")
            writer.add_histogram("fixed", rng.normal(size=100), step, bins=[-1, 0, 1])
            writer.add_histogram_raw("raw", -1, 1, 3, 0.5, 2.0, [0, 1], [1, 2], step)
            writer.add_image("gray", rng.random((1, 4, 5)), step)
            writer.add_images("batch", rng.random((5, 3, 4, 4)), step)
            writer.add_image_with_boxes("boxes", rng.random((3, 20, 20)), np.array([[2, 2, 10, 10]]), step)
            writer.add_text("text", f"step {step}\n\n| a | b |\n|---|---|\n| 1 | 2 |\n", step)
            writer.add_pr_curve("pr", rng.integers(0, 2, 60), rng.random(60), step, num_thresholds=17)
            writer.add_pr_curve_raw("pr_raw", *rng.integers(0, 9, (4, 3)), *rng.random((2, 3)), step, num_thresholds=3)
            writer.add_mesh("mesh", rng.random((2, 4, 3)), rng.integers(0, 255, (2, 4, 3)), rng.integers(0, 4, (2, 2, 3)), global_step=step)
        writer.add_custom_scalars_multilinechart(["plain", "named"], category="charts", title="both")
        writer.add_hparams({"lr": 0.1, "opt": "sgd", "flag": False}, {"hparam/acc": 0.5, "hparam/loss": 2}, name="trial", global_step=3)


def settle_names(folder):
    """Gives files names that do not tell of the machine and the minute, in the same order."""
    for directory in sorted({path.parent for path in folder.rglob("*tfevents*")}):
        for i, path in enumerate(sorted(directory.glob("*tfevents*"))):
            path.rename(directory / f"events.out.tfevents.17000000{i:02}.host{'.v2' if path.name.endswith('.v2') else ''}")
