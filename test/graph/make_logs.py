"""Writes graphs and run metadata with TensorFlow, each in a run of its own: python make_logs.py LOGDIR.

Beside it are the event files that it wrote, and what TensorBoard's own page made of their graphs.
"""
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
import tensorflow as tf

v1 = tf.compat.v1
logdir = sys.argv[1]


def traced(run, function, *args):
    """What tf.function ran, as tf.summary.trace_export writes it."""
    writer = tf.summary.create_file_writer(os.path.join(logdir, run))
    tf.summary.trace_on(graph=True, profiler=False)
    function(*args)
    with writer.as_default():
        tf.summary.trace_export(name="step", step=0)
    writer.close()


def rnn():
    keras = tf.keras
    model = keras.Sequential(
        [keras.layers.Input((5, 4)), keras.layers.LSTM(6, return_sequences=True), keras.layers.GRU(3), keras.layers.Dense(2)]
    )
    optimizer = keras.optimizers.SGD(0.1)

    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(model(x, training=True) - y))
        optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
        return loss

    optimizer.build(model.trainable_variables)
    traced("rnn", step, tf.ones((2, 5, 4)), tf.ones((2, 2)))


def transformer():
    keras = tf.keras
    tokens = keras.Input((6,), dtype="int32")
    x = keras.layers.Embedding(20, 8)(tokens)
    for block in range(2):
        attended = keras.layers.MultiHeadAttention(2, 4, name=f"attention_{block}")(x, x)
        x = keras.layers.LayerNormalization(name=f"norm_a_{block}")(x + attended)
        inner = keras.layers.Dense(8, name=f"out_{block}")(keras.layers.Dense(16, "relu", name=f"in_{block}")(x))
        x = keras.layers.LayerNormalization(name=f"norm_b_{block}")(x + inner)
    model = keras.Model(tokens, keras.layers.Dense(20)(x))
    optimizer = keras.optimizers.Adam(0.01)
    optimizer.build(model.trainable_variables)
    writer = tf.summary.create_file_writer(os.path.join(logdir, "transformer-scalars"))

    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            logits = model(x, training=True)
            loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(y, logits))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        with writer.as_default():
            tf.summary.scalar("loss", loss, step=0)
        return loss

    batch = tf.constant(np.arange(12).reshape(2, 6) % 20, tf.int32)
    traced("transformer", step, batch, batch)


def loops():
    """References, loops, wide scopes, folded series and summaries; run metadata of three steps."""
    graph = tf.Graph()
    v1.disable_resource_variables()
    v1.disable_control_flow_v2()
    with graph.as_default():
        x = v1.placeholder(tf.float32, [4, 8], name="x")
        with v1.variable_scope("cells"):
            state = x
            for i in range(12):
                with v1.variable_scope(f"cell_{i}"):
                    w = v1.get_variable("w", [8, 8], initializer=v1.glorot_uniform_initializer(seed=i))
                    b = v1.get_variable("b", [8], initializer=v1.zeros_initializer())
                    state = tf.tanh(tf.matmul(state, w) + b + x)
        with tf.name_scope("series"):
            parts = [tf.nn.relu(state, name="part" if i == 0 else f"part_{i}") for i in range(8)]
            total = tf.add_n(parts, name="total")
        with tf.name_scope("wide"):
            hub = tf.identity(total, name="hub")
            spokes = [tf.multiply(hub, float(i), name=f"spoke{chr(97 + i)}") for i in range(20)]
            gathered = tf.add_n(spokes, name="gathered")
            with tf.control_dependencies(spokes):
                tf.no_op(name="after_all")
            done = [tf.group(spoke, name=f"group_{i}") for i, spoke in enumerate(spokes[:6])]
        with tf.name_scope("loop"):
            _, looped = tf.while_loop(
                lambda i, value: i < 3, lambda i, value: (i + 1, tf.tanh(tf.matmul(value, w))), (0, gathered)
            )
        with tf.name_scope("choose"):
            chosen = v1.cond(tf.reduce_sum(looped) > 0, lambda: looped * 2.0, lambda: looped - 1.0)
        with tf.name_scope("counters"):
            counter = v1.get_variable("counter", [], tf.float32, initializer=v1.zeros_initializer(), trainable=False)
            table = v1.get_variable("table", [5, 2], initializer=v1.ones_initializer(), trainable=False)
            counted = v1.assign_add(counter, 1.0)
            less = v1.assign_sub(counter, 0.5)
            scattered = v1.scatter_add(table, [0, 2], [[1.0, 1.0], [2.0, 2.0]])
            v1.count_up_to(v1.get_variable("limit", [], tf.int32, initializer=v1.zeros_initializer(), trainable=False), 9)
        with tf.name_scope("loss"):
            loss = tf.reduce_mean(tf.square(chosen))
        train = v1.train.MomentumOptimizer(0.01, 0.9).minimize(loss)
        v1.summary.scalar("loss", loss)
        v1.summary.histogram("state", state)
        merged = v1.summary.merge_all()
        with tf.control_dependencies([train, counted, less, scattered.op] + done):
            everything = tf.no_op(name="everything")
        init = v1.global_variables_initializer()
        writer = v1.summary.FileWriter(os.path.join(logdir, "loops"), graph)
        with v1.Session() as session:
            session.run(init)
            for i in range(3):
                metadata = v1.RunMetadata()
                options = v1.RunOptions(trace_level=v1.RunOptions.FULL_TRACE)
                feed = {x: np.full((4, 8), 0.1 * i + 0.1)}
                session.run([everything, merged], feed, options=options, run_metadata=metadata)
                writer.add_run_metadata(metadata, f"step{i}", i)
        writer.close()


def calls():
    """Functions of the library, called as operations of their names: at the root, in scopes, one in another."""
    from tensorflow.python.framework import function

    graph = tf.Graph()
    with graph.as_default():

        @function.Defun(tf.float32, tf.float32, func_name="combine")
        def combine(a, b):
            with tf.name_scope("inner"):
                product = tf.matmul(a, b)
                return tf.nn.relu(product) + 1.0

        @function.Defun(tf.float32, func_name="twice")
        def twice(a):
            with tf.name_scope("first"):
                one = combine(a, a)
            return combine(one, a)

        x = v1.placeholder(tf.float32, [3, 3], name="x")
        top = combine(x, x)
        with tf.name_scope("a"):
            in_a = twice(top)
            with tf.name_scope("b"):
                in_b = combine(in_a, x)
        with tf.name_scope("c"):
            tf.add(in_b, top, name="out")
        v1.summary.FileWriter(os.path.join(logdir, "calls"), graph).close()


def inlined():
    """Functions, a loop and a branch as TensorFlow 2 writes them, which run in the place of their calls; two steps of a tag."""
    graph = tf.Graph()
    v1.enable_control_flow_v2()
    with graph.as_default():
        x = v1.placeholder(tf.float32, [4, 4], name="x")

        @tf.function
        def inner(a):
            with tf.name_scope("dense"):
                return tf.nn.relu(tf.matmul(a, a)), tf.reduce_sum(a)

        @tf.function
        def outer(a):
            b, _ = inner(a)
            c, s = inner(b)
            return c + s

        y = outer(x)
        with tf.name_scope("again"):
            z, _ = inner(y)
        with tf.name_scope("loop"):
            _, w = tf.while_loop(lambda i, v: i < 3, lambda i, v: (i + 1, tf.tanh(tf.matmul(v, v))), (0, z))
        with tf.name_scope("choose"):
            chosen = tf.cond(tf.reduce_sum(w) > 0, lambda: w * 2.0, lambda: w - 1.0)
        gradient = tf.gradients(chosen, x)[0]
        writer = v1.summary.FileWriter(os.path.join(logdir, "inlined"), graph)
        with v1.Session() as session:
            for step in range(2):
                metadata = v1.RunMetadata()
                options = v1.RunOptions(trace_level=v1.RunOptions.FULL_TRACE)
                session.run([chosen, gradient], {x: np.full((4, 4), 0.1)}, options=options, run_metadata=metadata)
                for device in metadata.step_stats.dev_stats:
                    for node in device.node_stats:
                        node.ClearField("output")
                writer.add_run_metadata(metadata, f"step{step}", step)
        writer.close()


def outputs():
    """A Keras model with two inputs, two outputs, a shared layer and a model in it."""
    keras = tf.keras
    inner_input = keras.Input((8,))
    inner = keras.Model(inner_input, keras.layers.Dense(4, name="head")(keras.layers.Dense(8, name="body")(inner_input)), name="inner")
    a = keras.Input((8,), name="a")
    b = keras.Input((8,), name="b")
    shared = keras.layers.Dense(8, activation="relu", name="shared")
    joined = keras.layers.Concatenate(name="joined")([shared(a), shared(b)])
    first = keras.layers.Dense(3, name="first")(joined)
    second = inner(keras.layers.Dense(8, name="second")(joined))
    model = keras.Model([a, b], [first, second], name="two_headed")
    model.compile("sgd", "mse")
    callback = keras.callbacks.TensorBoard(os.path.join(logdir, "outputs"), write_graph=True)
    model.fit(
        [np.ones((4, 8)), np.ones((4, 8))], [np.ones((4, 3)), np.ones((4, 4))], epochs=1, verbose=0, callbacks=[callback]
    )



def pieces():
    """What makes functions of its own: maps, switches, ragged, sparse and string tensors, arrays, gradients of one's own."""

    @tf.custom_gradient
    def clipped(x):
        return tf.identity(x, name="clip_forward"), lambda up: tf.clip_by_value(up, -1.0, 1.0, name="clip_back")

    weights = tf.Variable(tf.ones((3, 3)), name="weights")

    @tf.function
    def step(x, index):
        with tf.name_scope("mapped"):
            mapped = tf.map_fn(lambda row: tf.nn.relu(row) + tf.reduce_sum(row), x)
        with tf.name_scope("scanned"):
            scanned = tf.scan(lambda a, row: a + tf.tanh(row), mapped, initializer=tf.zeros(3))
        with tf.name_scope("ragged"):
            ragged = tf.RaggedTensor.from_row_splits(tf.reshape(scanned, [-1]), tf.constant([0, 2, 5, 9], tf.int64))
            pooled = tf.reduce_sum(ragged * 2.0, axis=1)
        with tf.name_scope("sparse"):
            sparse = tf.sparse.from_dense(tf.nn.relu(x))
            product = tf.sparse.sparse_dense_matmul(sparse, weights)
        with tf.name_scope("words"):
            words = tf.strings.split(tf.constant(["a b", "c d e"]))
            lengths = tf.cast(tf.strings.length(words.values), tf.float32)
        with tf.name_scope("switched"):
            chosen = tf.switch_case(index, [lambda: product, lambda: product * 2.0, lambda: tf.transpose(product)])
        with tf.GradientTape() as tape:
            tape.watch(chosen)
            total = tf.reduce_sum(clipped(chosen) ** 2) + tf.reduce_sum(pooled)
        gradient = tape.gradient(total, chosen)
        for i in tf.range(3):
            if tf.reduce_sum(gradient) > 0.0:
                gradient = gradient * 0.5
            else:
                gradient += tf.cast(i, tf.float32)
        weights.assign_sub(gradient * 0.1)
        tf.print("total", total, summarize=1)
        tf.debugging.assert_greater(tf.reduce_sum(lengths), 0.0)
        return total

    traced("pieces", step, tf.reshape(tf.range(9.0), (3, 3)) - 4.0, tf.constant(1))


def several():
    """Two traced functions, which TensorBoard merges: one calls functions and loops, the other branches."""
    state = tf.Variable(1.0, name="state")

    @tf.function
    def inner(a):
        return tf.nn.relu(a) * 2.0

    @tf.function
    def first(a):
        state.assign_add(1.0)
        return tf.while_loop(lambda v: tf.reduce_sum(v) < 9.0, lambda v: (inner(v) + state,), (inner(a),))[0]

    @tf.function
    def second(a):
        tf.debugging.assert_greater(tf.reduce_sum(a), -1e9)
        return tf.cond(tf.reduce_sum(a) > 0.0, lambda: inner(a), lambda: a - 1.0)

    traced("several", lambda a: second(first(a)), tf.ones((2, 2)))


def fit():
    """A step of model.fit's own train function, with dropout, a regularizer and metrics."""
    keras = tf.keras
    model = keras.Sequential(
        [
            keras.layers.Input((8, 8, 1)),
            keras.layers.Conv2D(4, 3, activation="relu"),
            keras.layers.BatchNormalization(),
            keras.layers.GlobalAveragePooling2D(),
            keras.layers.Dropout(0.5, seed=1),
            keras.layers.Dense(2, kernel_regularizer="l2"),
        ]
    )
    model.compile(keras.optimizers.Adam(0.01), "mse", metrics=["mae"])
    model.optimizer.build(model.trainable_variables)
    traced("fit", lambda: model.fit(np.ones((4, 8, 8, 1), "float32"), np.ones((4, 2), "float32"), epochs=1, verbose=0))


def queues():
    """TensorFlow 1's readers, partitioned variables, devices of a cluster, datasets and gradients of a loop."""
    graph = tf.Graph()
    v1.disable_resource_variables()
    v1.disable_control_flow_v2()
    with graph.as_default():
        setter = v1.train.replica_device_setter(ps_tasks=2, worker_device="/job:worker/task:0")
        with v1.device(setter):
            with tf.name_scope("input"):
                names = v1.train.string_input_producer(["a", "b"], shuffle=False)
                _, line = v1.TextLineReader().read(names)
                value = v1.decode_csv(line, [[0.0], [0.0], [0.0], [0.0]])
                batch = v1.train.batch([tf.stack(value)], 4, name="batch")
                data = v1.data.make_one_shot_iterator(v1.data.Dataset.range(5).map(lambda i: i * 2)).get_next()
            with v1.variable_scope("embedding", partitioner=v1.fixed_size_partitioner(3)):
                table = v1.get_variable("table", [9, 4], initializer=v1.zeros_initializer())
            looked = v1.nn.embedding_lookup(table, [data, data + 1], partition_strategy="div")
            with tf.name_scope("loop"):
                _, out = tf.while_loop(lambda i, _: i < 3, lambda i, v: (i + 1, tf.tanh(tf.matmul(v, batch))), (0, looked))
            loss = tf.reduce_mean(tf.square(out))
            step = v1.train.get_or_create_global_step()
            rate = v1.train.exponential_decay(0.1, step, 10, 0.9)
            train = v1.train.AdamOptimizer(rate).minimize(loss, global_step=step)
            average = v1.train.ExponentialMovingAverage(0.9, step)
            with tf.control_dependencies([train]):
                average.apply([loss])
            v1.train.Saver()
            v1.summary.scalar("loss", loss)
        v1.summary.FileWriter(os.path.join(logdir, "queues"), graph).close()


makers = {
    "rnn": rnn,
    "transformer": transformer,
    "outputs": outputs,
    "loops": loops,
    "calls": calls,
    "inlined": inlined,
    "pieces": pieces,
    "several": several,
    "fit": fit,
    "queues": queues,
}
for name in sys.argv[2:] or makers:
    makers[name]()
    print(name, flush=True)
