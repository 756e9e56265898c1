"""What stock's readers make of the runs below each directory, as JSON: by directory, run and reader.

read.py DIRECTORY...
"""

import base64
import json
import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import numpy as np
import tensorflow as tf
from google.protobuf import json_format
from tensorboard.backend.event_processing.event_file_loader import EventFileLoader
from tensorboard.plugins.hparams import plugin_data_pb2 as hparams
from tensorboard.plugins.mesh import plugin_data_pb2 as mesh
from tensorboard.util import tensor_util


def plain(value):
    """As JSON: bytes as base64, NaN and infinities as text."""
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, bytes):
        return {"base64": base64.b64encode(value).decode()}
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return str(value)
    if value is None or isinstance(value, (int, float, str)):
        return value
    raise TypeError(type(value))


def content_of(plugin, content):
    """What metadata say, without the freedom that maps and JSON have in their bytes."""
    if plugin == "hparams":
        return json_format.MessageToDict(hparams.HParamsPluginData.FromString(content))
    if plugin == "mesh":
        data = json_format.MessageToDict(mesh.MeshPluginData.FromString(content))
        return {**data, "jsonConfig": json.loads(data["jsonConfig"])}
    return plain(content)


def metadata_of(metadata):
    return {
        "plugin": metadata.plugin_data.plugin_name,
        "content": content_of(metadata.plugin_data.plugin_name, metadata.plugin_data.content),
        "dataClass": metadata.data_class,
        "displayName": metadata.display_name,
        "description": metadata.summary_description,
    }


def when(event):
    """Step, and a wall time that a case has set; those of the clock, which are later, are left out."""
    return {"step": event.step, "wallTime": event.wall_time if event.wall_time < 1.71e9 else "now"}


def described(events):
    """Everything; of metadata what the first value of a tag says, since that is what readers keep."""
    tags = set()
    for event in events:
        what = event.WhichOneof("what")
        if what == "file_version":
            yield {"version": event.file_version}
        elif what != "summary":
            yield {**when(event), what: described_field(getattr(event, what))}
        for value in event.summary.value:
            kind = value.WhichOneof("value")
            one = {**when(event), "tag": value.tag}
            if value.tag not in tags:
                tags.add(value.tag)
                one["metadata"] = metadata_of(value.metadata)
            if kind == "tensor":
                array = tensor_util.make_ndarray(value.tensor)
                yield {**one, "shape": list(array.shape), "type": str(array.dtype), "data": plain(array.flatten())}
            else:
                yield {**one, kind: described_field(getattr(value, kind))}


def described_field(field):
    return plain(json_format.MessageToDict(field)) if hasattr(field, "DESCRIPTOR") else plain(field)


def by_tbparse(directory):
    from tbparse import SummaryReader

    reader = SummaryReader(directory, pivot=False, extra_columns={"min", "max", "num", "width", "height", "sample_rate"})
    names = ("scalars", "tensors", "histograms", "images", "audio", "hparams", "text")
    tables = {name: getattr(reader, name).to_dict("records") for name in names}
    # hparams come out of a map.
    tables["hparams"].sort(key=lambda row: row["tag"])
    return plain(tables)


def event_file(directory):
    (name,) = [name for name in os.listdir(directory) if "tfevents" in name]
    return os.path.join(directory, name)


READERS = {
    "EventFileLoader": lambda d: list(described(EventFileLoader(event_file(d)).Load())),
    "summary_iterator": lambda d: list(described(tf.compat.v1.train.summary_iterator(event_file(d)))),
    "tbparse": lambda d: by_tbparse(event_file(d)),
}


def outcome(reader, directory):
    try:
        return reader(directory)
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}


def runs(root):
    return sorted(d for d, _, files in os.walk(root) if any("tfevents" in file for file in files))


def main(*roots):
    return {
        root: {
            os.path.relpath(directory, root): {name: outcome(reader, directory) for name, reader in READERS.items()}
            for directory in runs(root)
        }
        for root in roots
    }


json.dump(main(*sys.argv[1:]), sys.stdout)
