"""Scalars a second of Python's writers: `write_peers.py NAME COUNT LOGDIR` prints seconds, or a reason."""

import os
import sys
import time

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"


def tensorboardx(count, logdir):
    from tensorboardX import SummaryWriter

    writer = SummaryWriter(logdir)
    start = time.perf_counter()
    for step in range(count):
        writer.add_scalar("train/loss", step * 0.5, step)
    writer.close()
    return time.perf_counter() - start


def tensorboard(count, logdir):
    from tensorboard.summary import Writer

    writer = Writer(logdir)
    start = time.perf_counter()
    for step in range(count):
        writer.add_scalar("train/loss", step * 0.5, step)
    writer.close()
    return time.perf_counter() - start


def tensorflow(count, logdir):
    import tensorflow as tf

    writer = tf.summary.create_file_writer(logdir)
    start = time.perf_counter()
    with writer.as_default():
        for step in range(count):
            tf.summary.scalar("train/loss", step * 0.5, step=step)
    writer.close()
    return time.perf_counter() - start


peer, count, logdir = sys.argv[1:]
try:
    print({"tensorboardX": tensorboardx, "tensorboard": tensorboard, "tensorflow": tensorflow}[peer](int(count), logdir))
except ImportError as error:
    print("not installed:", error.name)
