"""Writes with TensorFlow what the cases on standard input say, a directory a run.

write.py LOGDIR < CASES  prints as JSON what TensorFlow made itself, for ours to write too: by run, a list of base64
"""

import base64
import itertools
import json
import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import numpy as np
import tensorflow as tf


def array_of(case):
    return np.array(case["data"], case["dtype"]).reshape(case["shape"]) if "dtype" in case else case["data"]


def bytes_of(case):
    return base64.b64decode(case["data"])


def plugin_metadata(plugin, case):
    from tensorboard.plugins.histogram import metadata as histogram
    from tensorboard.plugins.image import metadata as image
    from tensorboard.plugins.scalar import metadata as scalar

    module = {"histograms": histogram, "images": image, "scalars": scalar}[plugin]
    return module.create_summary_metadata(case.get("displayName"), case["options"].get("description"))


def write_with(plugin, case, tensor):
    metadata = plugin_metadata(plugin, case)
    tf.summary.write(case["tag"], tensor, step=case["options"]["step"], metadata=metadata)


def write_summary(case):
    getattr(tf.summary, case["kind"])(case["tag"], array_of(case), **case["options"])


def write_named_scalar(case):
    write_with("scalars", case, tf.constant(case["data"], tf.float32))


def write_buckets(case):
    write_with("histograms", case, tf.constant(case["data"], tf.float64))


def write_encoded_images(case):
    files = [base64.b64decode(file) for file in case["data"]["files"]]
    size = [str(case["data"][side]).encode() for side in ("width", "height")]
    write_with("images", case, tf.constant(size + files))


def write_tensor(case):
    tf.summary.write(case["tag"], tf.constant(array_of(case)), **case["options"])


def write_raw(case):
    tf.summary.experimental.write_raw_pb(bytes_of(case), **case["options"])


def write_pr_curve(case):
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
    write_pr_curve_pb(case, pb)


def write_pr_counts(case):
    from tensorboard.plugins.pr_curve import summary

    data = case["data"]
    counts = [data[name] for name in ("truePositives", "falsePositives", "trueNegatives", "falseNegatives")]
    tp, fp, _, fn = (np.array(count, float) for count in counts)
    pb = summary.raw_data_pb(
        case["tag"],
        *counts,
        precision=tp / np.maximum(tp + fp, 1e-7),
        recall=tp / np.maximum(tp + fn, 1e-7),
        num_thresholds=len(tp),
    )
    write_pr_curve_pb(case, pb)


def write_pr_curve_pb(case, pb):
    # Under the tag itself, as the op writes it; the plugin's `pb` appends "/pr_curves".
    pb.value[0].tag = case["tag"]
    pb.value[0].metadata.display_name = ""
    tf.summary.experimental.write_raw_pb(pb.SerializeToString(), **case["options"])


def write_mesh(case):
    from tensorboard.plugins.mesh import summary_v2

    types = {"vertices": np.float32, "faces": np.int32, "colors": np.uint8}
    parts = {k: np.array(v, types[k]).reshape([1, -1, 3]) for k, v in case["data"].items()}
    summary_v2.mesh(case["tag"], **parts, **case["options"])


def write_custom_scalars(case):
    from google.protobuf import json_format
    from tensorboard.plugins.custom_scalar import layout_pb2, summary

    layout = json_format.ParseDict(case["data"], layout_pb2.Layout())
    tf.summary.experimental.write_raw_pb(summary.pb(layout).SerializeToString(), step=0)


def write_hparams(case):
    from tensorboard.plugins.hparams import api as hp

    hp.hparams(case["data"]["values"], trial_id=case["data"]["trial"], start_time_secs=case["data"]["time"])


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
    hp.hparams_config(hparams, metrics, time_created_secs=case["data"]["time"])


def write_hparams_end(case):
    from tensorboard.plugins.hparams import api_pb2, summary

    status = getattr(api_pb2, case["data"]["status"])
    pb = summary.session_end_pb(status, end_time_secs=case["data"]["time"])
    tf.summary.experimental.write_raw_pb(pb.SerializeToString(), step=0)


@tf.function
def layer(x, weights):
    with tf.name_scope("dense"):
        return tf.nn.relu(tf.matmul(x, weights, name="product"), name="activation")


def write_graph(case):
    tf.summary.graph(layer.get_concrete_function(tf.ones([2, 3]), tf.ones([3, 4])).graph)


def write_trace(case):
    tf.summary.trace_on(graph=True, profiler=False)
    layer(tf.ones([2, 3]), tf.ones([3, 4]))
    tf.summary.trace_export(case["tag"], **case["options"])


def write_keras_model(case):
    from keras.src.callbacks.tensorboard import keras_model_summary

    branch = tf.keras.Input((4,), name="input")
    hidden = tf.keras.layers.Dense(8, activation="relu", name="hidden")(branch)
    joined = tf.keras.layers.Concatenate(name="joined")([branch, hidden])
    outputs = [tf.keras.layers.Dense(1, name=name)(joined) for name in ("left", "right")]
    keras_model_summary(case["tag"], tf.keras.Model(branch, outputs, name="net"), **case["options"])


WRITERS = {
    "namedScalar": write_named_scalar,
    "buckets": write_buckets,
    "encodedImages": write_encoded_images,
    "tensor": write_tensor,
    "raw": write_raw,
    "prCurve": write_pr_curve,
    "prCounts": write_pr_counts,
    "mesh": write_mesh,
    "customScalars": write_custom_scalars,
    "hparams": write_hparams,
    "hparamsConfig": write_hparams_config,
    "hparamsEnd": write_hparams_end,
    "graph": write_graph,
    "traceExport": write_trace,
    "kerasModel": write_keras_model,
}


def add_event(writer, case):
    writer.add_event(tf.compat.v1.Event.FromString(bytes_of(case)))


def add_run_metadata(writer, case):
    """A session's graph and what happened while it ran."""
    v1 = tf.compat.v1
    with tf.Graph().as_default() as graph, v1.Session() as session:
        product = tf.matmul(tf.ones([2, 3], name="x"), tf.ones([3, 4], name="w"), name="product")
        metadata = v1.RunMetadata()
        session.run(product, options=v1.RunOptions(trace_level=v1.RunOptions.FULL_TRACE), run_metadata=metadata)
        writer.add_graph(graph)
        writer.add_run_metadata(metadata, case["tag"], case["options"]["step"])


# What only the FileWriter of TensorFlow 1 writes.
FILE_WRITERS = {"event": add_event, "runMetadata": add_run_metadata}


def write_run(logdir, cases):
    if any(case["kind"] in FILE_WRITERS for case in cases):
        with tf.Graph().as_default():
            writer = tf.compat.v1.summary.FileWriter(logdir)
        for case in cases:
            FILE_WRITERS[case["kind"]](writer, case)
        writer.close()
        return
    with tf.summary.create_file_writer(logdir).as_default() as writer:
        for case in cases:
            WRITERS.get(case["kind"], write_summary)(case)
        writer.close()


def made(logdir):
    """What ours cannot make from the cases: graphs, run metadata, models."""
    (name,) = [name for name in os.listdir(logdir) if "tfevents" in name]
    for event in tf.compat.v1.train.summary_iterator(os.path.join(logdir, name)):
        if event.graph_def:
            yield event.graph_def
        if event.HasField("tagged_run_metadata"):
            yield event.tagged_run_metadata.run_metadata
        for value in event.summary.value:
            if value.metadata.plugin_data.plugin_name.startswith("graph_"):
                yield value.tensor.string_val[0]


def main(logdir):
    cases = json.load(sys.stdin)
    answer = {}
    for run, group in itertools.groupby(cases, lambda case: case["run"]):
        directory = os.path.join(logdir, run)
        write_run(directory, list(group))
        answer[run] = [base64.b64encode(data).decode() for data in made(directory)]
    return answer


json.dump(main(*sys.argv[1:]), sys.stdout)
