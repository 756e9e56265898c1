"""Seconds that a Python writer takes: `write_peers.py PEER KIND COUNT LOGDIR`; prints them, or a reason why not."""

import os
import sys
import time

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import numpy as np

SIDE = 128
values = np.random.rand(1000).astype(np.float32)
pixels = (np.arange(SIDE * SIDE * 3) % SIDE + np.random.rand(SIDE * SIDE * 3) * 8).astype(np.uint8)
image = pixels.reshape(SIDE, SIDE, 3)


def timed(steps, close):
    start = time.perf_counter()
    steps()
    close()
    return time.perf_counter() - start


def tensorboardx(kind, count, logdir):
    from tensorboardX import SummaryWriter

    writer = SummaryWriter(logdir)
    add = {
        "scalar": lambda step: writer.add_scalar("train/loss", step * 0.5, step),
        "histogram": lambda step: writer.add_histogram("weights", values, step),
        "image": lambda step: writer.add_image("input", image, step, dataformats="HWC"),
    }[kind]
    return timed(lambda: [add(step) for step in range(count)], writer.close)


def tensorboard(kind, count, logdir):
    from tensorboard.summary import Writer

    writer = Writer(logdir)
    return timed(
        lambda: [writer.add_scalar("train/loss", step * 0.5, step) for step in range(count)],
        writer.close,
    )


def tensorflow(kind, count, logdir):
    import tensorflow as tf

    writer = tf.summary.create_file_writer(logdir)
    add = {
        "scalar": lambda step: tf.summary.scalar("train/loss", step * 0.5, step=step),
        "histogram": lambda step: tf.summary.histogram("weights", values, step=step),
        "image": lambda step: tf.summary.image("input", image[None], step=step),
    }[kind]
    with writer.as_default():
        add(0)
        return timed(lambda: [add(step) for step in range(count)], writer.close)


PEERS = {"tensorboardX": tensorboardx, "tensorboard": tensorboard, "tensorflow": tensorflow}

peer, kind, count, logdir = sys.argv[1:]
try:
    print(PEERS[peer](kind, int(count), logdir))
except ImportError as error:
    print("not installed:", error.name)
