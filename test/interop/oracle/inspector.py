"""What `tensorboard --inspect` finds below a directory, as JSON: by run and field, the steps of each tag in order.

inspector.py LOGDIR
"""

import itertools
import json
import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

from tensorboard.backend.event_processing import event_file_inspector as inspector


def observations(directory):
    # In order of name, as all else reads them; stock's own takes them as the file system lists them.
    files = sorted(name for name in os.listdir(directory) if "tfevents" in name)
    events = itertools.chain(*[inspector.generator_from_event_file(os.path.join(directory, name)) for name in files])
    by_tag = {}
    for field, seen in inspector.get_field_to_observations_map(events).items():
        for one in seen:
            by_tag.setdefault(field, {}).setdefault(one["tag"], []).append(str(one["step"]))
    return by_tag


root = sys.argv[1]
runs = [directory for directory, _, files in os.walk(root) if any("tfevents" in name for name in files)]
json.dump({os.path.relpath(run, root): observations(run) for run in runs}, sys.stdout)
