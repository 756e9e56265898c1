"""What stock TensorBoard's graphs plugin makes of models and graphs, as JSON on standard output.

stock_graphs.py         read by test/server/plugins/graphs; functions of tensorboard.plugins.graph do the work
"""

import base64
import json
import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras  # noqa: E402
import tensorflow as tf  # noqa: E402
from tensorboard.backend import process_graph  # noqa: E402
from tensorboard.compat.proto import graph_pb2  # noqa: E402
from tensorboard.plugins.graph import graph_util, keras_util  # noqa: E402

L = keras.layers
MODELS = {}


def model(build):
    MODELS[build.__name__] = build
    return build


@model
def sequence():
    return keras.Sequential([L.Input((4,)), L.Dense(3, name="a"), L.Dense(2, name="b", dtype="float64")], name="net")


@model
def sequence_without_input():
    return keras.Sequential([L.Dense(3, name="a"), L.Dropout(0.5, name="b"), L.Dense(1, name="c")], name="net")


@model
def functional():
    x = L.Input((4,), name="x")
    hidden = L.Dense(3, name="hidden")(x)
    return keras.Model(x, [L.Dense(2, name="one")(hidden), L.Dense(1, name="two")(hidden)], name="net")


@model
def two_inputs():
    x, y = L.Input((4,), name="x"), L.Input((4,), name="y", dtype="int32")
    joined = L.Concatenate(name="joined")([x, L.Rescaling(0.5, name="half")(y)])
    return keras.Model([x, y], L.Dense(2, name="out")(joined), name="net")


@model
def shared_layer():
    x, y = L.Input((4,), name="x"), L.Input((4,), name="y")
    dense = L.Dense(3, name="shared")
    return keras.Model([x, y], L.Add(name="sum")([dense(x), dense(y)]), name="net")


def inner(name, outputs=1):
    x = L.Input((4,), name="inside")
    heads = [L.Dense(4, name=f"head{i}")(x) for i in range(outputs)]
    return keras.Model(x, heads if outputs > 1 else heads[0], name=name)


@model
def nested():
    x = L.Input((4,), name="x")
    return keras.Model(x, L.Dense(2, name="out")(inner("part")(x)), name="net")


@model
def nested_of_two_outputs():
    x = L.Input((4,), name="x")
    one, two = inner("part", 2)(x)
    return keras.Model(x, [L.Dense(2, name="a")(two), L.Dense(2, name="b")(one)], name="net")


@model
def nested_twice():
    x = L.Input((4,), name="x")
    part = inner("part")
    return keras.Model(x, part(L.Dense(4, name="between")(part(x))), name="net")


@model
def nested_of_two_inputs():
    a, b = L.Input((4,), name="a"), L.Input((4,), name="b")
    part = keras.Model([a, b], L.Add(name="sum")([a, b]), name="part")
    x = L.Input((4,), name="x")
    return keras.Model(x, part([x, L.Dense(4, name="dense")(x)]), name="net")


@model
def sequence_in_functional():
    x = L.Input((4,), name="x")
    part = keras.Sequential([L.Input((4,)), L.Dense(3, name="a"), L.Dense(2, name="b")], name="part")
    return keras.Model(x, L.Dense(1, name="out")(part(L.Dense(4, name="first")(x))), name="net")


@model
def sequence_in_sequence():
    part = keras.Sequential([L.Input((4,)), L.Dense(3, name="a"), L.Dense(4, name="b")], name="part")
    return keras.Sequential([L.Input((4,)), L.Dense(4, name="first"), part, L.Dense(1, name="out")], name="net")


@model
def three_deep():
    x = L.Input((4,), name="x")
    middle_input = L.Input((4,), name="y")
    middle = keras.Model(middle_input, inner("core")(middle_input), name="middle")
    return keras.Model(x, L.Dense(2, name="out")(middle(x)), name="net")


@model
def mixed_precision():
    x = L.Input((4,), name="x")
    return keras.Model(x, L.Dense(2, name="out", dtype="mixed_float16")(x), name="net")


@model
def lenet5():
    return keras.Sequential(
        [
            L.Input((28, 28, 1)),
            L.Conv2D(6, 5, padding="same", activation="tanh", name="C1"),
            L.AveragePooling2D(2, name="S2"),
            L.Conv2D(16, 5, activation="tanh", name="C3"),
            L.AveragePooling2D(2, name="S4"),
            L.Flatten(name="flat"),
            L.Dense(120, activation="tanh", name="F5"),
            L.Dense(84, activation="tanh", name="F6"),
            L.Dense(10, activation="softmax", name="out"),
        ],
        name="lenet5",
    )


def dtype_model(dtype):
    return {"class_name": "Dense", "config": {"name": "layer", "dtype": dtype}}


# Configurations that no Keras of today writes, but older ones or other programs do.
CONFIGS = {
    "lone_layer": {"class_name": "Dense", "config": {"name": "layer", "units": 3}},
    "no_class": {"config": {"name": "layer"}},
    "keras_2_inputs": {
        "class_name": "Functional",
        "config": {
            "name": "net",
            "layers": [
                {"class_name": "InputLayer", "config": {"name": "x", "dtype": "float32"}, "inbound_nodes": []},
                {"class_name": "Dense", "config": {"name": "y"}, "inbound_nodes": [[["x", 0, 0, {}]]]},
            ],
            "input_layers": [["x", 0, 0]],
            "output_layers": [["y", 0, 0]],
        },
    },
    "inputs_are_null": {
        "config": {
            "name": "net",
            "layers": [
                {"config": {"name": "a"}, "inbound_nodes": None},
                {"config": {"name": "b"}, "inbound_nodes": None},
            ],
        },
    },
    **{
        f"dtype {dtype}": dtype_model(dtype)
        for dtype in ["half", "double", "float", "bfloat16", "uint8", "qint8", "string", "complex64", "bool_ref"]
        + ["float8_e4m3fn", "int4", "mixed_bfloat16", "nonsense"]
    },
    "dtype of another form": dtype_model({"class_name": "DTypePolicy"}),
}


def keras_graphs():
    keras.utils.set_random_seed(1)
    graphs = {}
    for name, build in MODELS.items():
        config = json.loads(build().to_json())
        graphs[name] = {"model": config, "graph": str(keras_util.keras_model_to_graph_def(config))}
    for name, config in CONFIGS.items():
        graphs[name] = {"model": config, "graph": str(keras_util.keras_model_to_graph_def(config))}
    return graphs


def graph_of(function, *arguments):
    return function.get_concrete_function(*arguments).graph.as_graph_def(add_shapes=True)


@tf.function
def called(x):
    return tf.nn.relu(x) * 2.0


@tf.function
def calls(x):
    return called(x) + tf.constant([1.0, 2.0])


@tf.function
def large(x):
    return tf.matmul(x, tf.constant([[float(i * j) for i in range(20)] for j in range(20)])) + 1.0


def stock(graph):
    """The graph as a message of TensorBoard's own, and its bytes."""
    return graph_pb2.GraphDef.FromString(graph.SerializeToString())


def encoded(graph):
    return base64.b64encode(graph.SerializeToString(deterministic=True)).decode()


def merges():
    one, two = stock(graph_of(calls, tf.TensorSpec([2]))), stock(graph_of(called, tf.TensorSpec([3])))
    bare = graph_pb2.GraphDef()
    bare.node.add(name="a", op="NoOp", input=["b:1", "^c"])
    cases = {"none": [], "one": [one], "two": [one, two], "of no version": [bare, bare], "same": [two, two, two]}
    return {
        name: {
            "graphs": [encoded(graph) for graph in graphs],
            "merged": str(graph_util.merge_graph_defs(graphs)),
        }
        for name, graphs in cases.items()
    }


LARGE = "_too_large_attrs"


def limits():
    graph = stock(graph_of(large, tf.TensorSpec([2, 20])))
    results = []
    for limit in [1, 8, 20, 64, 1024]:
        shown = stock(graph)
        process_graph.prepare_graph_for_ui(shown, limit, LARGE)
        for node in shown.node:
            if LARGE in node.attr:
                # In the order of a hash, which is another in every process.
                node.attr[LARGE].list.s.sort()
        results.append({"bytes": limit, "shown": str(shown)})
    return {"graph": encoded(graph), "results": results}


print(json.dumps({"keras": keras_graphs(), "merges": merges(), "limits": limits()}, indent=1))
