"""Histograms: buckets of many types and shapes, and HistogramProtos that do not hold together."""

import numpy as np
from tensorboard.compat.proto import summary_pb2, types_pb2
from records import EventFile, doubles, floats, metadata, tensor

HISTOGRAMS = metadata("histograms", description="weights of *all* layers")
NAN, INF = float("nan"), float("inf")

LEGACY = {
    "usual": dict(min=-2, max=2, num=10, sum=1, sum_squares=9, bucket_limit=[-1, 0, 1, 1.7e308], bucket=[1, 2, 3, 4]),
    "one_bucket": dict(min=3, max=3, num=5, bucket_limit=[3], bucket=[5]),
    "no_buckets": dict(min=0, max=0),
    "only_limits": dict(bucket_limit=[1, 2]),
    "fewer_counts": dict(min=0, max=1, bucket_limit=[1, 2, 3], bucket=[1, 2]),
    "empty_counts": dict(min=0, max=1, bucket_limit=[0.5, 1], bucket=[0, 0]),
    "nan_bounds": dict(min=NAN, max=NAN, bucket_limit=[0, 1], bucket=[1, 1]),
    "infinite": dict(min=-INF, max=INF, bucket_limit=[0, INF], bucket=[1, 1]),
    "nan_counts": dict(min=0, max=1, bucket_limit=[0.5, 1], bucket=[NAN, 1]),
    "negative_counts": dict(min=0, max=1, bucket_limit=[0.25, 0.5, 1], bucket=[1, -2, 3]),
    "unordered": dict(min=0, max=1, bucket_limit=[1, 0.5, 0.75], bucket=[1, 2, 3]),
    "min_over_max": dict(min=5, max=-5, bucket_limit=[0, 1], bucket=[2, 2]),
    "huge_counts": dict(min=0, max=1, bucket_limit=[0.5, 1], bucket=[1e300, 1e308]),
}


def buckets(rng, count):
    edges = np.sort(rng.normal(size=count + 1))
    return np.stack([edges[:-1], edges[1:], rng.integers(0, 50, count)], axis=1)


def make(folder):
    rng = np.random.default_rng(11)
    with EventFile(folder / "histograms/legacy") as file:
        for tag, fields in LEGACY.items():
            for step in range(2):
                proto = summary_pb2.HistogramProto(**fields)
                file.values(step, summary_pb2.Summary.Value(tag=tag, histo=proto))
    with EventFile(folder / "histograms/modern") as file:
        for tag, proto in modern(rng).items():
            file.tensor(tag, 0, proto, HISTOGRAMS)
            file.tensor(tag, 3, proto)
        for step in range(60):
            # More than a page shows of them, fewer than are kept.
            file.tensor("sixty", step, doubles(buckets(rng, 5)), HISTOGRAMS)
        for step in range(150):
            file.tensor("more_than_are_kept", step, doubles(buckets(rng, 2)), HISTOGRAMS)
    with EventFile(folder / "histograms/not_histograms") as file:
        # Such values make a distribution impossible, so they have a run of their own.
        for tag, proto in misshapen().items():
            file.tensor(tag, 0, proto, HISTOGRAMS)


def modern(rng):
    many = buckets(rng, 300)
    return {
        "doubles": doubles(buckets(rng, 30)),
        "floats": floats(buckets(rng, 30)),
        "many": doubles(many),
        "all_zero": doubles(np.zeros((30, 3))),
        "one": doubles([[1, 1, 9]]),
        "none": doubles(np.zeros((0, 3))),
        "nan": doubles([[0, 1, NAN], [1, 2, 3], [2, NAN, 1]]),
        "infinite": doubles([[-INF, 0, 1], [0, INF, 1]]),
        "double_val": tensor(types_pb2.DT_DOUBLE, [2, 3], double_val=[0, 1, 2, 1, 2, 3]),
        "repeated_last": tensor(types_pb2.DT_DOUBLE, [2, 3], double_val=[0, 1]),
        "ints": tensor(types_pb2.DT_INT64, [2, 3], int64_val=[0, 1, 2, 1, 2, 3]),
        "int32": tensor(types_pb2.DT_INT32, [1, 3], int_val=[-1, 1, 2]),
        "halves": tensor(types_pb2.DT_HALF, [1, 3], half_val=[0x3C00, 0x4000, 0x4200]),
    }


def misshapen():
    return {
        "four_columns": doubles([[0, 1, 2, 3]]),
        "vector": doubles([0, 1, 2]),
        "rank_0": doubles(1.0),
        "rank_3": doubles([[[0, 1, 2]]]),
        "two_columns": doubles([[0, 1]]),
        "nothing": floats([]),
    }
