"""Scalars of every type and shape, of odd steps, times, tags and values."""

from tensorboard.compat.proto import summary_pb2, types_pb2
from records import EventFile, floats, metadata, tensor, value_of

SCALARS = metadata("scalars")
ODD_TAGS = [
    "",
    " ",
    "/",
    "//a//",
    "a b",
    "a+b%2Bc",
    "100%",
    "x?y=1&z=2#f",
    'quotes "double" \'single\'',
    "<b>bold</b><script>alert(1)</script>",
    "new\nline\ttab",
    "ünïcödé/损失/🙂",
    "e\u0301 is not \u00e9",
    "__proto__",
    "constructor",
    "toString",
    "10",
    "9",
    "a" * 3000,
    "\\back\\slash",
]
NUMBERS = [0.0, -0.0, 1.5, 1e-45, 1.1754944e-38, 3.4028235e38, float("nan"), float("inf"), float("-inf"), 0.1, 1e16, 123456789.0]
STEPS = [-(2**63), -(2**53) - 1, -5, -1, 0, 1, 2, 2**31, 2**32 + 1, 2**53 - 1, 2**53, 2**53 + 1, 2**62, 2**63 - 1]
WALL_TIMES = [0.0, -1.5, 1e-300, 1.0, 1234567890.123456, 1e12, 1e16, 1e22, 1.7976931348623157e308, float("inf"), float("-inf")]


def make(folder):
    make_values(folder / "scalars/values")
    make_types(folder / "scalars/types")
    make_changes(folder / "scalars/changes")
    make_reservoir(folder / "scalars/many")


def make_values(folder):
    with EventFile(folder) as file:
        for i, tag in enumerate(ODD_TAGS):
            file.scalar(tag, 0, float(i))
            file.scalar(tag, 1, float(-i))
        for i, number in enumerate(NUMBERS):
            file.scalar("numbers/legacy", i, number)
            file.tensor("numbers/modern", i, floats(number), SCALARS)
        for step in STEPS:
            file.scalar("steps", step, 1.0)
        for i, wall_time in enumerate(WALL_TIMES):
            file.scalar("wall_times", i, float(i), wall_time=wall_time)
        for step in [5, 5, 5, 4, 3, 7, 6, 6]:
            file.scalar("steps/restarts", step, float(step))
        several = [summary_pb2.Summary.Value(tag=f"several/{i}", simple_value=i) for i in range(3)]
        file.values(0, *several)
        same_tag = [summary_pb2.Summary.Value(tag="several/same", simple_value=i) for i in range(3)]
        file.values(0, *same_tag)


def make_types(folder):
    """Tensors that are scalars, and such as only look like it."""
    rank0 = {
        "float_content": floats(2.5),
        "float_val": tensor(types_pb2.DT_FLOAT, [], float_val=[2.5]),
        "float_no_shape": tensor(types_pb2.DT_FLOAT, float_val=[2.5]),
        "float_two_values": tensor(types_pb2.DT_FLOAT, [], float_val=[2.5, 3.5]),
        "float_val_and_content": tensor(types_pb2.DT_FLOAT, [], float_val=[2.5], tensor_content=b"\0\0\0\0"),
        "float_nothing": tensor(types_pb2.DT_FLOAT, []),
        "float_short_content": tensor(types_pb2.DT_FLOAT, [], tensor_content=b"\0\0"),
        "float_double_content": tensor(types_pb2.DT_FLOAT, [], tensor_content=b"\0" * 8),
        "double_content": tensor(types_pb2.DT_DOUBLE, [], tensor_content=b"\0\0\0\0\0\0\4\x40"),
        "double_val": tensor(types_pb2.DT_DOUBLE, [], double_val=[2.5]),
        "int32": tensor(types_pb2.DT_INT32, [], int_val=[7]),
        "int64": tensor(types_pb2.DT_INT64, [], int64_val=[7]),
        "uint8": tensor(types_pb2.DT_UINT8, [], int_val=[7]),
        "half": tensor(types_pb2.DT_HALF, [], half_val=[0x3C00]),
        "bfloat16": tensor(types_pb2.DT_BFLOAT16, [], half_val=[0x3F80]),
        "bool": tensor(types_pb2.DT_BOOL, [], bool_val=[True]),
        "string": tensor(types_pb2.DT_STRING, [], string_val=[b"7"]),
        "invalid_type": tensor(0, [], float_val=[2.5]),
        "unknown_type": tensor(99, [], float_val=[2.5]),
        "vector_of_1": floats([2.5]),
        "matrix_of_1": floats([[2.5]]),
        "empty": floats([]),
    }
    with EventFile(folder) as file:
        for tag, proto in rank0.items():
            for step in range(3):
                file.tensor(tag, step, proto, SCALARS)
        for tag in ["double_val", "int32", "string"]:
            # Between values that are scalars, one that is none.
            for step, proto in enumerate([floats(1), rank0[tag], floats(3), rank0[tag]]):
                file.tensor(f"mixed/{tag}", step, proto, SCALARS)
        # What is no scalar overtakes as well.
        for step, proto in [(0, floats(0)), (1, floats(1)), (2, floats(2)), (1, rank0["double_val"])]:
            file.tensor("mixed/overtaken", step, proto, SCALARS)


def make_changes(folder):
    """Tags whose values change their kind on the way: the first value says what the tag is."""
    histogram = summary_pb2.HistogramProto(min=0, max=1, num=1, bucket_limit=[1], bucket=[1])
    image = summary_pb2.Summary.Image(height=1, width=1, colorspace=3, encoded_image_string=b"\x89PNG\r\n\x1a\n")
    kinds = {
        "legacy": {"simple_value": 1.0},
        "modern": {"tensor": floats(2.0), "metadata": SCALARS},
        "bare": {"tensor": floats(2.0)},
        "histo": {"histo": histogram},
        "image": {"image": image},
        "text": {"tensor": tensor(types_pb2.DT_STRING, [1], string_val=[b"text"]), "metadata": metadata("text")},
    }
    with EventFile(folder) as file:
        for first, first_value in kinds.items():
            for then, then_value in kinds.items():
                if first == then or (first == "histo" and "tensor" in then_value):
                    # No tensor but one of buckets is a histogram, and stock fails where it meets one.
                    continue
                tag = f"{first}_then_{then}"
                file.values(0, summary_pb2.Summary.Value(tag=tag, **first_value))
                file.values(1, summary_pb2.Summary.Value(tag=tag, **then_value))
                file.values(2, summary_pb2.Summary.Value(tag=tag, **first_value))
        file.values(0, value_of("metadata_first", None, SCALARS))
        file.tensor("metadata_first", 1, floats(1.0))
        file.values(0, value_of("metadata_only", None, SCALARS))
        file.values(0, value_of("nothing"))
        file.scalar("nothing", 1, 1.0)


def make_reservoir(folder):
    """More points than are kept."""
    with EventFile(folder) as file:
        for step in range(1100):
            file.scalar("loss", step, float(step % 7))
