"""Event files made event by event, for shapes that no writer makes but readers meet."""

import struct

import numpy as np
from tensorboard.compat.proto import event_pb2, summary_pb2, tensor_pb2, tensor_shape_pb2, types_pb2
from tensorboard.summary.writer.record_writer import RecordWriter

# Time of every run's first event; the others follow a second apart, so that the same call makes the same bytes.
START = 1_700_000_000.0


class EventFile:
    """An event file that is written event by event, each a second after the one before."""

    def __init__(self, folder, name="events.out.tfevents.1700000000.host", version="brain.Event:2", start=START):
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / name
        self._file = open(self.path, "wb")
        self._records = RecordWriter(self._file)
        self._wall_time = start
        if version is not None:
            self.event(file_version=version)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._file.close()

    def event(self, step=0, wall_time=None, **what):
        """Appends an event; `what` is its one other field."""
        if wall_time is None:
            wall_time = self._wall_time
            self._wall_time += 1
        event = event_pb2.Event(wall_time=wall_time, step=step, **what)
        self._records.write(event.SerializeToString())

    def values(self, step, *values, wall_time=None):
        """Appends a summary of several values."""
        self.event(step, wall_time, summary=summary_pb2.Summary(value=values))

    def summary(self, step, summary):
        """Appends a summary as TensorFlow or TensorBoard made it, each with message classes of its own."""
        self.event(step, summary=summary_pb2.Summary.FromString(summary.SerializeToString()))

    def scalar(self, tag, step, value, wall_time=None):
        """Appends a scalar as TensorFlow 1 wrote it."""
        self.values(step, summary_pb2.Summary.Value(tag=tag, simple_value=value), wall_time=wall_time)

    def tensor(self, tag, step, tensor, about=None, wall_time=None):
        """Appends a tensor, with metadata where it is given."""
        self.values(step, value_of(tag, tensor, about), wall_time=wall_time)


def value_of(tag, tensor=None, about=None):
    value = summary_pb2.Summary.Value(tag=tag)
    if tensor is not None:
        value.tensor.CopyFrom(tensor)
    if about is not None:
        value.metadata.CopyFrom(about)
    return value


def metadata(plugin, content=b"", data_class=0, display_name="", description=""):
    data = summary_pb2.SummaryMetadata.PluginData(plugin_name=plugin, content=content)
    return summary_pb2.SummaryMetadata(
        plugin_data=data,
        data_class=data_class,
        display_name=display_name,
        summary_description=description,
    )


def tensor(dtype, shape=None, **fields):
    """A TensorProto as it is said, whether or not its parts match; no shape at all where none is given."""
    proto = tensor_pb2.TensorProto(dtype=dtype, **fields)
    if shape is not None:
        dims = [tensor_shape_pb2.TensorShapeProto.Dim(size=size) for size in shape]
        proto.tensor_shape.CopyFrom(tensor_shape_pb2.TensorShapeProto(dim=dims))
    return proto


def strings(items, shape=None):
    """A tensor of strings; a vector unless a shape is given."""
    encoded = [item.encode() if isinstance(item, str) else item for item in items]
    return tensor(types_pb2.DT_STRING, [len(encoded)] if shape is None else shape, string_val=encoded)


def floats(array):
    """A float32 tensor by its bytes."""
    array = np.asarray(array, "<f4")
    return tensor(types_pb2.DT_FLOAT, array.shape, tensor_content=array.tobytes())


def doubles(array):
    """A float64 tensor by its bytes."""
    array = np.asarray(array, "<f8")
    return tensor(types_pb2.DT_DOUBLE, array.shape, tensor_content=array.tobytes())


def frame(data):
    """A record's bytes up to its data's checksum, for files that end in the middle of it."""
    return struct.pack("<Q", len(data)) + data
