"""What tf.compat.v1 makes of data, as JSON on standard output.

v1_summaries.py encode < CASES        for each of test/interop/v1/summary-cases.ts the serialised Summary in base64, or the error
v1_summaries.py write LOGDIR < CASES  writes them with a FileWriter, with a graph and a step's run metadata, whose
                                      bytes it prints
"""

import base64
import json
import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402

v1 = tf.compat.v1
v1.logging.set_verbosity(v1.logging.ERROR)
v1.disable_v2_behavior()

KINDS = {
    "scalar": lambda case, shown: v1.summary.scalar(case["name"], shown),
    "histogram": lambda case, shown: v1.summary.histogram(case["name"], shown),
    "image": lambda case, shown: v1.summary.image(case["name"], shown, case["maxOutputs"]),
    "audio": lambda case, shown: v1.summary.audio(case["name"], shown, 8000, case["maxOutputs"]),
    "text": lambda case, shown: v1.summary.text(case["name"], shown),
    "tensor": lambda case, shown: v1.summary.tensor_summary(case["name"], shown),
}


def array_of(case):
    dtype = object if case["dtype"] == "string" else case["dtype"]
    data = [v.encode() for v in case["data"]] if dtype is object else [float(v) for v in case["data"]]
    return np.array(data, dtype).reshape(case["shape"])


def encode(case):
    with tf.Graph().as_default(), v1.Session() as session:
        shown = v1.placeholder(tf.as_dtype(case["dtype"]), case["shape"])
        summary = KINDS[case["kind"]](case, shown)
        return session.run(summary, {shown: array_of(case)})


def encode_all(cases):
    return [base64.b64encode(encode(case)).decode() for case in cases]


def wall_time(step):
    return 1700000000.0 + step


def small_graph():
    """As the test's own, in TypeScript."""
    x = v1.placeholder(tf.float32, [None, 4], name="x-input")
    with v1.variable_scope("layer1"):
        weights = v1.get_variable("weights", [4, 2], initializer=v1.truncated_normal_initializer(stddev=0.1))
        biases = v1.get_variable("biases", [2], initializer=v1.constant_initializer(0.0))
        layer1 = tf.nn.relu(tf.matmul(x, weights) + biases)
    with v1.device("/cpu:0"), v1.name_scope("loss"):
        loss = tf.reduce_mean(layer1)
        v1.summary.scalar("mean", loss)
    return x, loss


def run_metadata(graph, x, loss):
    metadata = v1.RunMetadata()
    options = v1.RunOptions(trace_level=v1.RunOptions.FULL_TRACE)
    with v1.Session(graph=graph) as session:
        session.run(v1.global_variables_initializer())
        session.run(loss, {x: np.ones((3, 4))}, options=options, run_metadata=metadata)
    return metadata


def write(cases, logdir):
    with tf.Graph().as_default() as graph:
        x, loss = small_graph()
        writer = v1.summary.FileWriter(logdir, graph)
        metadata = run_metadata(graph, x, loss)
    for case in cases:
        summary = v1.Summary.FromString(encode(case))
        writer.add_event(v1.Event(wall_time=wall_time(case["step"]), step=case["step"], summary=summary))
    writer.add_run_metadata(metadata, "step001", 1)
    writer.add_session_log(v1.SessionLog(status=v1.SessionLog.STOP), 6)
    writer.close()
    return base64.b64encode(metadata.SerializeToString()).decode()


if sys.argv[1] == "encode":
    rows = ["  %s" % json.dumps(text) for text in encode_all(json.load(sys.stdin))]
    print("[\n%s\n]" % ",\n".join(rows))
else:
    print(json.dumps(write(json.load(sys.stdin), sys.argv[2])))
