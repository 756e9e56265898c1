"""What Keras's TensorBoard callback writes while small models train: test/interop/keras/models.ts has the same ones.

keras_callback.py LOGDIR  trains them, a folder each, and prints as JSON which runs, tags, plugins, steps and shapes
                          there are, and the graph that TensorBoard makes of each model
keras_callback.py graphs  prints the graphs that TensorBoard makes of the models' configurations on standard input
"""

import glob
import json
import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import numpy as np  # noqa: E402
from tensorboard.backend.event_processing.event_file_loader import LegacyEventFileLoader  # noqa: E402
from tensorboard.compat.proto import types_pb2  # noqa: E402
from tensorboard.plugins.graph import keras_util  # noqa: E402


def wave(shape, start=0):
    """Numbers that the test makes too."""
    count = int(np.prod(shape))
    return np.sin(np.arange(start, start + count, dtype=np.float64)).astype(np.float32).reshape(shape)


def one_hot(count, classes):
    return np.eye(classes, dtype=np.float32)[np.arange(count) % classes]


def models(keras):
    """By name: the model, inputs and outputs of 8 examples a batch, and the callback's options."""
    layers = keras.layers
    sequential, model, given = keras.Sequential, keras.Model, layers.Input
    x, y = given((4,), name="x"), given((3,), name="y")

    mlp = sequential(
        [
            given((4,), name="hidden_input"),
            layers.Dense(5, activation="relu", name="hidden"),
            layers.Dense(3, activation="softmax", name="out"),
        ],
        name="mlp",
    )
    lenet5 = sequential(
        [
            given((32, 32, 1), name="c1_input"),
            layers.Conv2D(6, 5, activation="tanh", name="c1"),
            layers.AveragePooling2D(2, name="s2"),
            layers.Conv2D(16, 5, activation="tanh", name="c3"),
            layers.AveragePooling2D(2, name="s4"),
            layers.Flatten(name="flatten"),
            layers.Dense(120, activation="tanh", name="f5"),
            layers.Dense(84, activation="tanh", name="f6"),
            layers.Dense(10, activation="softmax", name="output"),
        ],
        name="lenet5",
    )
    both = layers.Concatenate(name="both")(
        [layers.Dense(2, name="left")(x), layers.Dense(2, name="right")(y)]
    )
    two_inputs = model([x, y], layers.Dense(1, name="sum")(both), name="two_inputs")

    hidden = layers.Dense(3, activation="relu", name="common")(x)
    two_outputs = model(
        x,
        [layers.Dense(3, activation="softmax", name="kind")(hidden), layers.Dense(1, name="size")(hidden)],
        name="two_outputs",
    )

    twin = layers.Dense(4, activation="tanh", name="twin")
    shared = model(x, layers.Dense(1, name="end")(twin(twin(x))), name="shared")

    i = given((4,), name="i")
    encoder = model(i, layers.Dense(3, name="code")(layers.Dense(4, name="wide")(i)), name="encoder")
    head = sequential([given((2,), name="narrow_input"), layers.Dense(2, name="narrow")], name="head")
    middle = layers.Dense(2, name="middle")(encoder(x))
    nested = model(x, layers.Dense(1, name="last")(head(middle)), name="nested")

    words = sequential(
        [
            given((3,), name="words_input"),
            layers.Embedding(6, 4, name="words"),
            layers.Flatten(name="line"),
            layers.Dense(1, name="score"),
        ],
        name="text",
    )

    number = lambda count: wave((count, 1))  # noqa: E731
    return {
        "mlp": (
            mlp,
            lambda n: wave((n, 4)),
            lambda n: one_hot(n, 3),
            dict(histogram_freq=1, write_images=True, write_steps_per_second=True, update_freq="batch"),
        ),
        "lenet5": (
            lenet5,
            lambda n: wave((n, 32, 32, 1)),
            lambda n: one_hot(n, 10),
            dict(histogram_freq=2, write_images=True),
        ),
        "two_inputs": (
            two_inputs,
            lambda n: [wave((n, 4)), wave((n, 3), 1)],
            number,
            dict(histogram_freq=1, update_freq=2),
        ),
        "two_outputs": (
            two_outputs,
            lambda n: wave((n, 4)),
            lambda n: [one_hot(n, 3), number(n)],
            dict(update_freq="batch"),
        ),
        "shared": (shared, lambda n: wave((n, 4)), number, dict(histogram_freq=1)),
        "nested": (nested, lambda n: wave((n, 4)), number, dict(histogram_freq=1, write_images=True)),
        "text": (
            words,
            lambda n: (np.arange(n * 3) % 6).reshape((n, 3)).astype(np.float32),
            number,
            dict(histogram_freq=1, embeddings_freq=1),
        ),
    }


def compile_model(keras, name, model):
    """Both frameworks begin with the same weights."""
    model.set_weights([0.3 * wave(w.shape, i) for i, w in enumerate(model.get_weights())])
    loss, metrics = {
        "mlp": ("categorical_crossentropy", ["accuracy"]),
        "lenet5": ("categorical_crossentropy", ["accuracy"]),
        "two_outputs": (
            {"kind": "categorical_crossentropy", "size": "mean_squared_error"},
            {"kind": ["accuracy", "categorical_crossentropy"], "size": ["mae"]},
        ),
    }.get(name, ("mean_squared_error", ["mae"]))
    model.compile(keras.optimizers.SGD(0.05), loss, metrics=metrics)


def train(logdir):
    """Four batches an epoch, two of them to validate with; not shuffled."""
    import keras

    configs = {}
    for name, (model, inputs, outputs, options) in models(keras).items():
        compile_model(keras, name, model)
        callback = keras.callbacks.TensorBoard(os.path.join(logdir, name), **options)
        model.fit(
            inputs(32),
            outputs(32),
            batch_size=8,
            epochs=3,
            shuffle=False,
            validation_data=(inputs(16), outputs(16)),
            callbacks=[callback],
            verbose=0,
        )
        configs[name] = json.loads(model.to_json())
    return configs


def tags_of(folder):
    """By tag: plugin, steps, and the shape of its tensors."""
    tags = {}
    for file in sorted(glob.glob(os.path.join(folder, "*tfevents*"))):
        for event in LegacyEventFileLoader(file).Load():
            for value in event.summary.value:
                plugin = value.metadata.plugin_data.plugin_name
                shape = [dim.size for dim in value.tensor.tensor_shape.dim]
                known = tags.setdefault(value.tag, {"plugin": plugin, "steps": [], "shape": shape})
                known["steps"].append(event.step)
    return dict(sorted(tags.items()))


def graph_of(config):
    """By node: the layer's class, its type, and where its inputs come from."""
    nodes = {}
    for node in keras_util.keras_model_to_graph_def(config).node:
        nodes[node.name] = {
            "class": node.attr["keras_class"].s.decode(),
            "dtype": types_pb2.DataType.Name(node.attr["dtype"].type),
            "inputs": list(node.input),
        }
    return nodes


def described(logdir):
    def description(name, config):
        folder = os.path.join(logdir, name)
        runs = {run: tags_of(os.path.join(folder, run)) for run in sorted(next(os.walk(folder))[1])}
        return {"runs": runs, "graph": graph_of(config)}

    return {name: description(name, config) for name, config in train(logdir).items()}


if sys.argv[1] == "graphs":
    print(json.dumps({name: graph_of(config) for name, config in json.load(sys.stdin).items()}))
else:
    print(json.dumps(described(sys.argv[1]), indent=2))
