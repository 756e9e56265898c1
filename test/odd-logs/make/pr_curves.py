"""PR curves of many thresholds, with rows cut short, of odd numbers and shapes."""

import numpy as np
from tensorboard.compat.proto import types_pb2
from tensorboard.plugins.pr_curve import plugin_data_pb2, summary
from records import EventFile, floats, metadata, tensor


def about(thresholds, **more):
    content = plugin_data_pb2.PrCurvePluginData(num_thresholds=thresholds).SerializeToString()
    return metadata("pr_curves", content, **more)


def curve(thresholds, seed):
    rng = np.random.default_rng(seed)
    tp = np.sort(rng.integers(0, 50, thresholds))[::-1]
    fp = np.sort(rng.integers(0, 50, thresholds))[::-1]
    fn = tp[0] - tp
    tn = fp[0] - fp
    precision = tp / np.maximum(1, tp + fp)
    recall = tp / np.maximum(1, tp + fn)
    return np.stack([tp, fp, tn, fn, precision, recall])


def make(folder):
    with EventFile(folder / "pr_curves/shapes") as file:
        for thresholds in [1, 2, 3, 11, 127, 201]:
            for step in range(3):
                description = "of **each** class" if step == 0 else ""
                metadata_of_it = about(thresholds, display_name=f"PR {thresholds}", description=description)
                file.tensor(f"thresholds/{thresholds}", step, floats(curve(thresholds, step)), metadata_of_it)
        zero_end = curve(6, 9)
        zero_end[:2, 3:] = 0
        file.tensor("nothing_at_the_end", 0, floats(zero_end), about(6))
        file.tensor("all_zero", 0, floats(np.zeros((6, 5))), about(5))
        file.tensor("fractions", 0, floats(curve(4, 1) + 0.75), about(4))
        file.tensor("negative", 0, floats(-curve(4, 1)), about(4))
        file.tensor("doubles", 0, tensor(types_pb2.DT_DOUBLE, [6, 2], double_val=range(12)), about(2))
        file.tensor("ints", 0, tensor(types_pb2.DT_INT64, [6, 2], int64_val=range(12)), about(2))
        file.tensor("seven_rows", 0, floats(np.arange(14).reshape(7, 2)), about(2))
    with EventFile(folder / "pr_curves/stock") as file:
        rng = np.random.default_rng(5)
        for step in range(2):
            labels = rng.integers(0, 2, 100).astype(bool)
            pb = summary.raw_data_pb("raw", *curve(7, step), num_thresholds=7, description="*raw*")
            file.summary(step, pb)
            weighed = summary.pb("weights", labels, rng.random(100), num_thresholds=20, weights=rng.random(100))
            file.summary(step, weighed)
