"""What stock software makes of event files and of data, as JSON on standard output.

writer_oracle.py has MODULE...       which of these modules are installed
writer_oracle.py read LOGDIR         every event as stock TensorBoard's loader gives it
writer_oracle.py write LOGDIR < CASES  writes the cases with tf.summary into LOGDIR
"""

import base64
import importlib.util
import json
import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"


def plain(value):
    """Elements of a numpy array as JSON: bytes as base64, NaN and infinities as text."""
    if isinstance(value, list):
        return [plain(v) for v in value]
    if isinstance(value, bytes):
        return {"base64": base64.b64encode(value).decode()}
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return str(value)
    return value


def read(logdir):
    from tensorboard.backend.event_processing.event_file_loader import EventFileLoader
    from tensorboard.util import tensor_util

    events = []
    for name in sorted(os.listdir(logdir)):
        if "tfevents" not in name:
            continue
        for event in EventFileLoader(os.path.join(logdir, name)).Load():
            base = {"step": event.step, "wallTime": event.wall_time, "what": event.WhichOneof("what")}
            for value in event.summary.value:
                array = tensor_util.make_ndarray(value.tensor)
                metadata = value.metadata
                events.append(
                    {
                        **base,
                        "tag": value.tag,
                        "plugin": metadata.plugin_data.plugin_name,
                        "content": plain(metadata.plugin_data.content),
                        "dataClass": metadata.data_class,
                        "displayName": metadata.display_name,
                        "description": metadata.summary_description,
                        "shape": list(array.shape),
                        "data": plain(array.flatten().tolist()),
                    }
                )
            if not event.summary.value:
                events.append(base)
    return events


def array_of(case):
    import numpy as np

    return np.array(case["data"], case["dtype"]).reshape(case["shape"]) if "dtype" in case else case["data"]


def write_summary(case):
    import tensorflow as tf

    getattr(tf.summary, case["kind"])(case["tag"], array_of(case), **case["options"])


def write_tensor(case):
    import tensorflow as tf

    tf.summary.write(case["tag"], tf.constant(array_of(case)), **case["options"])


def write_pr_curve(case):
    import numpy as np
    import tensorflow as tf
    from tensorboard.plugins.pr_curve import summary

    data = case["data"]
    weights = np.array(data["weights"], np.float32) if "weights" in data else None
    pb = summary.pb(
        case["tag"],
        np.array(data["labels"], bool),
        np.array(data["predictions"], np.float32),
        num_thresholds=case["thresholds"],
        weights=weights,
    )
    # Under the tag itself, as the op writes it; `pb` appends "/pr_curves".
    pb.value[0].tag = case["tag"]
    pb.value[0].metadata.display_name = ""
    tf.summary.experimental.write_raw_pb(pb.SerializeToString(), **case["options"])


def write_mesh(case):
    import numpy as np
    from tensorboard.plugins.mesh import summary_v2

    types = {"vertices": np.float32, "faces": np.int32, "colors": np.uint8}
    parts = {k: np.array(v, types[k]).reshape([1, -1, 3]) for k, v in case["data"].items()}
    summary_v2.mesh(case["tag"], **parts, **case["options"])


def write_custom_scalars(case):
    import tensorflow as tf
    from google.protobuf import json_format
    from tensorboard.plugins.custom_scalar import layout_pb2, summary

    layout = json_format.ParseDict(case["data"], layout_pb2.Layout())
    tf.summary.experimental.write_raw_pb(summary.pb(layout).SerializeToString(), step=0)


def write_hparams(case):
    from tensorboard.plugins.hparams import api as hp

    hp.hparams(case["data"], trial_id=case["trial"], start_time_secs=case["time"])


def write_hparams_config(case):
    from tensorboard.plugins.hparams import api as hp

    hparams = [
        hp.HParam("optimizer", hp.Discrete(["adam", "sgd"]), display_name="Optimiser"),
        hp.HParam("dropout", hp.RealInterval(0.1, 0.5), description="share dropped"),
        hp.HParam("bias", hp.Discrete([False, True])),
        hp.HParam("units", hp.Discrete([16, 32])),
        hp.HParam("any"),
    ]
    metrics = [
        hp.Metric("accuracy", group="validation", dataset_type=hp.Metric.VALIDATION, display_name="Accuracy"),
        hp.Metric("loss", description="entropy", dataset_type=hp.Metric.TRAINING),
    ]
    hp.hparams_config(hparams, metrics, time_created_secs=case["time"])


def write_hparams_end(case):
    import tensorflow as tf
    from tensorboard.plugins.hparams import api_pb2, summary

    pb = summary.session_end_pb(api_pb2.STATUS_SUCCESS, end_time_secs=case["time"])
    tf.summary.experimental.write_raw_pb(pb.SerializeToString(), step=0)


WRITERS = {
    "tensor": write_tensor,
    "prCurve": write_pr_curve,
    "mesh": write_mesh,
    "customScalars": write_custom_scalars,
    "hparams": write_hparams,
    "hparamsConfig": write_hparams_config,
    "hparamsEnd": write_hparams_end,
}


def write(logdir, cases):
    import tensorflow as tf

    writer = tf.summary.create_file_writer(logdir)
    with writer.as_default():
        for case in cases:
            WRITERS.get(case["kind"], write_summary)(case)
    writer.close()
    return "written"


def main(command, *arguments):
    if command == "has":
        return {name: importlib.util.find_spec(name) is not None for name in arguments}
    if command == "read":
        return read(*arguments)
    return write(*arguments, json.load(sys.stdin))


json.dump(main(*sys.argv[1:]), sys.stdout)
