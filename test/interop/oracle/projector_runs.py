"""Writes a log directory of projector set-ups, a run each, as TensorFlow, tensorboardX and people by hand write them.

projector_runs.py LOGDIR
"""

import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import numpy as np
import tensorflow as tf
from PIL import Image
from tensorboardX import SummaryWriter

v1 = tf.compat.v1
v1.disable_resource_variables()

WORDS, DIMENSIONS = 12, 5
ASSETS = "plugins/org_tensorflow_tensorboard_projector"


def vectors(rows=WORDS, columns=DIMENSIONS, seed=0):
    return np.random.default_rng(seed).normal(size=(rows, columns)).astype("float32")


class Run:
    """A run's directory with an event file, so that stock lists it."""

    def __init__(self, logdir, name):
        self.directory = os.path.join(logdir, name)
        with tf.summary.create_file_writer(self.directory).as_default():
            tf.summary.scalar("loss", 1.0, step=0)

    def path(self, *parts):
        return os.path.join(self.directory, *parts)

    def write(self, name, content):
        os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
        with open(self.path(name), "wb") as file:
            file.write(content if isinstance(content, bytes) else content.encode())

    def config(self, text, directory=""):
        self.write(os.path.join(directory, "projector_config.pbtxt"), text)


def tsv(array):
    return "".join("\t".join(f"{x:.9g}" for x in row) + "\n" for row in array)


def labels(rows=WORDS, header="word\tcount\n"):
    return header + "".join(f"π{i}\t{i * i}\n" if header else f"π{i}\n" for i in range(rows))


def save(directory, variables, optimizer=False, **saver):
    """A checkpoint of TensorFlow 1 with its state file; `variables` makes them."""
    with tf.Graph().as_default(), v1.Session(config=v1.ConfigProto(device_count={"CPU": 2})) as session:
        made = variables()
        if optimizer:
            v1.train.AdamOptimizer().minimize(tf.add_n([tf.reduce_sum(x) for x in made]))
        session.run(v1.global_variables_initializer())
        return v1.train.Saver(**saver).save(session, os.path.join(directory, "model.ckpt"), global_step=7)


def some_variables():
    return [
        v1.get_variable("words", initializer=vectors()),
        v1.get_variable("scope/more", initializer=vectors(4, 3, 1)),
        v1.get_variable("bias", initializer=np.arange(5, dtype="float32")),
        v1.get_variable("kernel", initializer=np.arange(24, dtype="float32").reshape(2, 3, 4)),
    ]


def other_types():
    values = np.arange(-3, 9).reshape(6, 2)
    types = ["float64", "int32", "int64", "float16", "int8", "int16", "complex64", "bool"]
    made = [v1.get_variable(t, initializer=tf.cast(values, t), use_resource=True) for t in types]
    return [*made, v1.get_variable("bfloat16", initializer=tf.cast(vectors(), tf.bfloat16))]


def partitioned():
    def cut(name, axis, parts):
        partitioner = v1.fixed_size_partitioner(parts, axis=axis)
        initializer = v1.random_normal_initializer(seed=axis)
        return list(v1.get_variable(name, (WORDS, DIMENSIONS), initializer=initializer, partitioner=partitioner))

    return [*cut("rows", 0, 3), *cut("columns", 1, 2)]


def on_two_devices():
    with tf.device("/cpu:0"):
        first = v1.get_variable("first", initializer=vectors())
    with tf.device("/cpu:1"):
        return [first, v1.get_variable("second", initializer=vectors(4, 2, 5))]


def tensor_files(logdir):
    run = Run(logdir, "text")
    run.write("vectors.tsv", tsv(vectors()))
    run.write("labels.tsv", labels())
    run.write("views/bookmarks.json", '[{"label": "from above"}]')
    Image.fromarray(np.arange(24 * 24, dtype="uint8").reshape(24, 24)).save(run.path("sprite.png"))
    run.config(
        """
        embeddings {
          tensor_name: "words:0"  # TensorFlow's name of the output
          tensor_path: "vectors.tsv"
          metadata_path: "labels.tsv"
          bookmarks_path: "views/bookmarks.json"
          sprite { image_path: "sprite.png" single_image_dim: [6, 6] }
        }
        embeddings { tensor_name: "not there" tensor_path: "vectors.tsv" metadata_path: "nothing.tsv" }
        embeddings { tensor_name: "a folder" tensor_path: "vectors.tsv" metadata_path: "views" }
        embeddings { tensor_name: "bare" tensor_path: "vectors.tsv" sprite { } }
        """
    )

    run = Run(logdir, "numbers as people write them")
    run.write("vectors.tsv", "1\t-2.5\r\n\n3e-2\t.5\n+inf\tNaN\n 7 \t1_000\n1e-45\t1e39\n0.1\t16777217\n5.\t-0\n8\t9")
    run.config('embeddings { tensor_path: "vectors.tsv" }')

    run = Run(logdir, "raw")
    run.write("vectors.bytes", vectors(40, 6).tobytes())
    run.write("labels.tsv", labels(40, header=""))
    run.config(
        """
        embeddings {
          tensor_name: "raw" tensor_shape: 40 tensor_shape: 6
          tensor_path: "vectors.bytes" metadata_path: "labels.tsv"
        }
        """
    )

    run = Run(logdir, "assets")
    run.write(f"{ASSETS}/vectors.tsv", tsv(vectors()))
    run.config('embeddings { tensor_name: "asset" tensor_path: "vectors.tsv" }', ASSETS)

    run = Run(logdir, "climbs")
    run.write("vectors.tsv", tsv(vectors()))
    run.config(
        """
        embeddings { tensor_name: "up" tensor_path: "../../vectors.tsv" metadata_path: "/etc/passwd" }
        embeddings {
          tensor_name: "inside" tensor_path: "vectors.tsv" metadata_path: "../../../labels.tsv"
          bookmarks_path: "/etc/hostname" sprite { image_path: "/etc/passwd" }
        }
        """
    )

    run = Run(logdir, "absolute")
    run.write("vectors.tsv", tsv(vectors()))
    run.config(f'embeddings {{ tensor_name: "absolute" tensor_path: "{run.path("vectors.tsv")}" }}')


def checkpoints(logdir):
    save(Run(logdir, "saver").directory, some_variables, optimizer=True)

    run = Run(logdir, "saver with labels")
    save(run.directory, some_variables)
    run.write("labels.tsv", labels())
    run.config('embeddings { tensor_name: "words:0" metadata_path: "labels.tsv" }')

    run = Run(logdir, "labels for all")
    save(run.directory, some_variables)
    run.write("labels.tsv", labels())
    run.write("bookmarks.json", "[]")
    run.config('embeddings { metadata_path: "labels.tsv" bookmarks_path: "bookmarks.json" }')

    save(Run(logdir, "types").directory, other_types)
    save(Run(logdir, "partitioned").directory, partitioned)
    save(Run(logdir, "sharded").directory, on_two_devices, sharded=True)
    save(Run(logdir, "version 1").directory, some_variables, write_version=v1.train.SaverDef.V1)
    save(
        Run(logdir, "version 1 sharded").directory,
        on_two_devices,
        sharded=True,
        write_version=v1.train.SaverDef.V1,
    )

    # The state file beside the run's folder, as with `train` and `eval` below a model's directory.
    Run(logdir, "model/train")
    save(os.path.join(logdir, "model"), some_variables)

    other = Run(logdir, "elsewhere")
    path = save(os.path.join(logdir, "saved"), on_two_devices)
    other.config(f'model_checkpoint_path: "{path}"')
    Run(logdir, "folder of checkpoints").config(f'model_checkpoint_path: "{os.path.join(logdir, "saved")}"')
    Run(logdir, "gone").config('model_checkpoint_path: "/nowhere/model.ckpt" embeddings { tensor_name: "x" }')

    run = Run(logdir, "text and checkpoint")
    save(run.directory, some_variables)
    run.write("vectors.tsv", tsv(vectors(3, 2, 9)))
    run.config('embeddings { tensor_name: "text" tensor_path: "vectors.tsv" }')

    # TensorFlow 2's checkpoints of objects, with slots of an optimizer as each of its two kinds keeps them.
    run = Run(logdir, "objects")
    table = tf.Variable(vectors())
    model = tf.keras.Sequential([tf.keras.layers.Embedding(WORDS, DIMENSIONS, name="words")])
    model.build((None, 3))
    adam = tf.keras.optimizers.Adam()
    adam.build(model.trainable_variables)
    slots = v1.train.AdamOptimizer()
    slots.apply_gradients([(tf.ones_like(table), table)])
    checkpoint = tf.train.Checkpoint(model=model, adam=adam, slots=slots, table=table)
    tf.train.CheckpointManager(checkpoint, run.directory, max_to_keep=2).save()
    run.write("labels.tsv", labels())
    run.config('embeddings { tensor_name: "table/.ATTRIBUTES/VARIABLE_VALUE" metadata_path: "labels.tsv" }')

    # An index of several blocks.
    run = Run(logdir, "many variables")
    scalars = [f"layer_{i:05}/with/a/long/name/to/fill/blocks" for i in range(9000)]
    matrices = [f"{'z' * (i % 2)}matrix {i}" for i in range(16)]
    tensors = [tf.constant(0.0)] * len(scalars) + [tf.constant(vectors(3, 2, i)) for i in range(len(matrices))]
    names = [*scalars, *matrices]
    path = run.path("many")
    tf.raw_ops.SaveV2(prefix=path, tensor_names=names, shape_and_slices=[""] * len(names), tensors=tensors)
    run.config(f'model_checkpoint_path: "{path}"')


def tensorboardx(logdir):
    with SummaryWriter(os.path.join(logdir, "tensorboardX")) as writer:
        images = np.random.default_rng(0).random((WORDS, 3, 6, 6))
        names = [f"π{i}" for i in range(WORDS)]
        writer.add_embedding(vectors(), metadata=names, label_img=images, global_step=3, tag="digits")
        table = [[name, i] for i, name in enumerate(names)]
        writer.add_embedding(vectors(seed=1), metadata=table, metadata_header=["word", "index"], global_step=4)
        writer.add_scalar("loss", 1, 0)


def main(logdir):
    tensor_files(logdir)
    checkpoints(logdir)
    tensorboardx(logdir)
    # The log directory itself, which has no events.
    with open(os.path.join(logdir, "projector_config.pbtxt"), "w") as file:
        file.write('embeddings { tensor_name: "root" tensor_path: "root.tsv" }')
    with open(os.path.join(logdir, "root.tsv"), "w") as file:
        file.write(tsv(vectors(3, 2)))


main(*sys.argv[1:])
