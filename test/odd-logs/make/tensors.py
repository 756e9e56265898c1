"""Tensors of every type in the plugins that show tensors, and in plugins that nobody has."""

import numpy as np
from tensorboard.compat.proto import types_pb2
from records import EventFile, doubles, floats, metadata, strings, tensor

ONE = np.float64(1).tobytes()


def of_every_type():
    """A matrix of [1, 3] of each type that numpy can hold."""
    ints = [1, 2, 3]
    return {
        "float": tensor(types_pb2.DT_FLOAT, [1, 3], float_val=ints),
        "double": tensor(types_pb2.DT_DOUBLE, [1, 3], double_val=ints),
        "int32": tensor(types_pb2.DT_INT32, [1, 3], int_val=[-1, 0, 2**31 - 1]),
        "uint8": tensor(types_pb2.DT_UINT8, [1, 3], int_val=ints),
        "int16": tensor(types_pb2.DT_INT16, [1, 3], int_val=ints),
        "int8": tensor(types_pb2.DT_INT8, [1, 3], int_val=[-1, 0, 1]),
        "uint16": tensor(types_pb2.DT_UINT16, [1, 3], int_val=ints),
        "int64": tensor(types_pb2.DT_INT64, [1, 3], int64_val=[-(2**63), 2**53 + 1, 2**63 - 1]),
        "uint32": tensor(types_pb2.DT_UINT32, [1, 3], uint32_val=[0, 1, 2**32 - 1]),
        "uint64": tensor(types_pb2.DT_UINT64, [1, 3], uint64_val=[0, 2**53 + 1, 2**64 - 1]),
        "bool": tensor(types_pb2.DT_BOOL, [1, 3], bool_val=[True, False, True]),
        "half": tensor(types_pb2.DT_HALF, [1, 3], half_val=[0x3C00, 0x7C00, 0x7E00]),
        "bfloat16": tensor(types_pb2.DT_BFLOAT16, [1, 3], half_val=[0x3F80, 0x4000, 0x4040]),
    }


def make(folder):
    with EventFile(folder / "tensors/as_histograms") as file:
        for tag, proto in of_every_type().items():
            if tag != "bool":
                file.tensor(tag, 0, proto, metadata("histograms"))
    with EventFile(folder / "tensors/as_text") as file:
        for tag, proto in of_every_type().items():
            if tag != "bfloat16":
                # Numbers where text should be: stock renders none of them, so each has a tag of its own.
                file.tensor(tag, 0, proto, metadata("text"))
    with EventFile(folder / "tensors/of_nobody") as file:
        for step in range(3):
            file.tensor("no_metadata", step, floats([1, 2, 3]))
            file.tensor("unknown_plugin", step, doubles([1, 2, 3]), metadata("nobodys_plugin", b"\xff\x00 content"))
            file.tensor("with_class", step, strings(["a"]), metadata("nobodys_plugin", data_class=2))
            file.tensor("scalar_class", step, floats(1), metadata("nobodys_plugin", data_class=1))
            file.tensor("blob_class", step, strings([ONE]), metadata("nobodys_plugin", data_class=3))
