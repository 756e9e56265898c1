"""How many steps 0, 1, 2, … stock TensorBoard reads in each run below LOGDIR; null where others are among them.

count.py LOGDIR
"""

import json
import os
import sys

from tensorboard.backend.event_processing.event_file_loader import EventFileLoader
from tensorboard.util import tensor_util


def steps(directory):
    for name in os.listdir(directory):
        for event in EventFileLoader(os.path.join(directory, name)).Load():
            for value in event.summary.value:
                tensor_util.make_ndarray(value.tensor)
                yield event.step


def count(directory):
    found = list(steps(directory))
    return len(found) if found == list(range(len(found))) else None


def main(logdir):
    return {run: count(os.path.join(logdir, run)) for run in os.listdir(logdir)}


json.dump(main(*sys.argv[1:]), sys.stdout)
