"""Graphs that tf.compat.v1 builds, as JSON on standard output: for each case its GraphDef, gzip in base64.

v1_graphs.py            all cases; test/interop/v1/graphs.ts builds the same ones with this project's v1 face
"""

import base64
import gzip
import json
import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import tensorflow as tf  # noqa: E402

v1 = tf.compat.v1
v1.logging.set_verbosity(v1.logging.ERROR)
v1.disable_v2_behavior()

CASES = {}


def case(name):
    def register(build):
        CASES[name] = build
        return build

    return register


def l2_regularizer(scale):
    """As tf.contrib.layers, which is gone, had it."""

    def regularize(weights):
        with v1.name_scope(None, "l2_regularizer", [weights]) as name:
            factor = tf.convert_to_tensor(scale, dtype=weights.dtype.base_dtype, name="scale")
            return tf.multiply(factor, tf.nn.l2_loss(weights), name=name)

    return regularize


@case("forward propagation")
def forward_propagation():
    x = v1.constant([[0.7, 0.9]])
    w1 = v1.Variable(v1.random_normal([2, 3], stddev=1, seed=1))
    w2 = v1.Variable(v1.random_normal([3, 1], stddev=1, seed=1))
    a = tf.matmul(x, w1)
    tf.matmul(a, w2)
    v1.global_variables_initializer()


@case("add of two inputs")
def add_of_two_inputs():
    with v1.name_scope("input1"):
        input1 = tf.constant([1.0, 2.0, 3.0], name="input1")
    with v1.name_scope("input2"):
        input2 = v1.Variable(v1.random_uniform([3]), name="input2")
    tf.add_n([input1, input2], name="add")


def inference(x, regularizer):
    def weight_variable(shape):
        weights = v1.get_variable(
            "weights", shape, initializer=v1.truncated_normal_initializer(stddev=0.1)
        )
        v1.add_to_collection("losses", regularizer(weights))
        return weights

    with v1.variable_scope("layer1"):
        weights = weight_variable([784, 500])
        biases = v1.get_variable("biases", [500], initializer=v1.constant_initializer(0.0))
        layer1 = tf.nn.relu(tf.matmul(x, weights) + biases)
    with v1.variable_scope("layer2"):
        weights = weight_variable([500, 10])
        biases = v1.get_variable("biases", [10], initializer=v1.constant_initializer(0.0))
        return tf.matmul(layer1, weights) + biases


@case("mnist with moving averages and a decayed rate")
def mnist():
    with v1.name_scope("input"):
        x = v1.placeholder(tf.float32, [None, 784], name="x-input")
        y_ = v1.placeholder(tf.float32, [None, 10], name="y-input")
    y = inference(x, l2_regularizer(0.0001))
    global_step = v1.Variable(0, trainable=False)
    with v1.name_scope("moving_average"):
        averages = v1.train.ExponentialMovingAverage(0.99, global_step)
        averages_op = averages.apply(v1.trainable_variables())
    with v1.name_scope("loss_function"):
        cross_entropy = tf.nn.sparse_softmax_cross_entropy_with_logits(
            logits=y, labels=tf.argmax(y_, 1)
        )
        loss = tf.reduce_mean(cross_entropy) + tf.add_n(v1.get_collection("losses"))
    with v1.name_scope("train_step"):
        rate = v1.train.exponential_decay(0.8, global_step, 550, 0.99, staircase=True)
        step = v1.train.GradientDescentOptimizer(rate).minimize(loss, global_step=global_step)
        with v1.control_dependencies([step, averages_op]):
            v1.no_op(name="train")
    v1.global_variables_initializer()


def variable_summaries(variable, name):
    with v1.name_scope("summaries"):
        v1.summary.histogram(name, variable)
        mean = tf.reduce_mean(variable)
        v1.summary.scalar("mean/" + name, mean)
        stddev = tf.sqrt(tf.reduce_mean(tf.square(variable - mean)))
        v1.summary.scalar("stddev/" + name, stddev)


def nn_layer(x, inputs, outputs, layer_name, activation=tf.nn.relu):
    with v1.name_scope(layer_name):
        with v1.name_scope("weights"):
            weights = v1.Variable(v1.truncated_normal([inputs, outputs], stddev=0.1))
            variable_summaries(weights, layer_name + "/weights")
        with v1.name_scope("biases"):
            biases = v1.Variable(tf.constant(0.0, shape=[outputs]))
            variable_summaries(biases, layer_name + "/biases")
        with v1.name_scope("Wx_plus_b"):
            preactivate = tf.matmul(x, weights) + biases
            v1.summary.histogram(layer_name + "/pre_activations", preactivate)
        activations = activation(preactivate, name="activation")
        v1.summary.histogram(layer_name + "/activations", activations)
        return activations


@case("mnist with summaries")
def mnist_with_summaries():
    with v1.name_scope("input"):
        x = v1.placeholder(tf.float32, [None, 784], name="x-input")
        y_ = v1.placeholder(tf.float32, [None, 10], name="y-input")
    with v1.name_scope("input_reshape"):
        v1.summary.image("input", tf.reshape(x, [-1, 28, 28, 1]), 10)
    hidden1 = nn_layer(x, 784, 500, "layer1")
    y = nn_layer(hidden1, 500, 10, "layer2", activation=tf.identity)
    with v1.name_scope("cross_entropy"):
        cross_entropy = tf.reduce_mean(
            v1.nn.softmax_cross_entropy_with_logits(logits=y, labels=y_)
        )
        v1.summary.scalar("cross_entropy", cross_entropy)
    with v1.name_scope("train"):
        v1.train.AdamOptimizer(0.001).minimize(cross_entropy)
    with v1.name_scope("accuracy"):
        with v1.name_scope("correct_prediction"):
            correct = tf.equal(tf.argmax(y, 1), tf.argmax(y_, 1))
        with v1.name_scope("accuracy"):
            accuracy = tf.reduce_mean(tf.cast(correct, tf.float32))
        v1.summary.scalar("accuracy", accuracy)
    v1.summary.merge_all()
    v1.global_variables_initializer()


@case("LeNet-5")
def lenet():
    x = v1.placeholder(tf.float32, [100, 28, 28, 1], name="x-input")
    labels = v1.placeholder(tf.int64, [100], name="labels")

    def convolution(name, input_, filter_shape):
        with v1.variable_scope(name):
            weights = v1.get_variable(
                "weight", filter_shape, initializer=v1.truncated_normal_initializer(stddev=0.1)
            )
            biases = v1.get_variable(
                "bias", filter_shape[-1:], initializer=v1.constant_initializer(0.0)
            )
            conv = v1.nn.conv2d(input_, weights, strides=[1, 1, 1, 1], padding="SAME")
            return tf.nn.relu(tf.nn.bias_add(conv, biases))

    def pool(name, input_):
        with v1.name_scope(name):
            return v1.nn.max_pool(input_, ksize=[1, 2, 2, 1], strides=[1, 2, 2, 1], padding="SAME")

    regularizer = l2_regularizer(0.0001)
    relu1 = convolution("layer1-conv1", x, [5, 5, 1, 32])
    pool1 = pool("layer2-pool1", relu1)
    relu2 = convolution("layer3-conv2", pool1, [5, 5, 32, 64])
    pool2 = pool("layer4-pool2", relu2)
    nodes = 7 * 7 * 64
    flat = tf.reshape(pool2, [100, nodes])
    with v1.variable_scope("layer5-fc1"):
        weights = v1.get_variable(
            "weight", [nodes, 512], initializer=v1.truncated_normal_initializer(stddev=0.1)
        )
        v1.add_to_collection("losses", regularizer(weights))
        biases = v1.get_variable("bias", [512], initializer=v1.constant_initializer(0.1))
        fc1 = v1.nn.dropout(tf.nn.relu(tf.matmul(flat, weights) + biases), rate=0.5)
    with v1.variable_scope("layer6-fc2"):
        weights = v1.get_variable(
            "weight", [512, 10], initializer=v1.truncated_normal_initializer(stddev=0.1)
        )
        v1.add_to_collection("losses", regularizer(weights))
        biases = v1.get_variable("bias", [10], initializer=v1.constant_initializer(0.1))
        logit = tf.matmul(fc1, weights) + biases
    cross_entropy = tf.nn.sparse_softmax_cross_entropy_with_logits(logits=logit, labels=labels)
    loss = tf.reduce_mean(cross_entropy) + tf.add_n(v1.get_collection("losses"))
    v1.train.GradientDescentOptimizer(0.01).minimize(loss)


@case("own cross entropy, clipped")
def clipped():
    x = v1.placeholder(tf.float32, shape=(None, 2), name="x-input")
    y_ = v1.placeholder(tf.float32, shape=(None, 1), name="y-input")
    w1 = v1.Variable(v1.random_normal([2, 3], stddev=1, seed=1))
    w2 = v1.Variable(v1.random_normal([3, 1], stddev=1, seed=1))
    y = tf.sigmoid(tf.matmul(tf.matmul(x, w1), w2))
    cross_entropy = -tf.reduce_mean(
        y_ * tf.math.log(tf.clip_by_value(y, 1e-10, 1.0))
        + (1 - y_) * tf.math.log(tf.clip_by_value(1 - y, 1e-10, 1.0))
    )
    v1.train.AdamOptimizer(0.001).minimize(cross_entropy)


@case("every activation")
def activations():
    x = v1.placeholder(tf.float32, [None, 4], name="x")
    w = v1.get_variable("w", [4])
    y = x * w
    for activation in (
        tf.nn.relu,
        tf.nn.relu6,
        tf.nn.elu,
        tf.nn.softplus,
        tf.nn.sigmoid,
        tf.nn.tanh,
        tf.nn.softmax,
    ):
        y = activation(y)
    v1.gradients(tf.reduce_sum(y), w)


@case("arithmetic and its gradients")
def arithmetic():
    x = v1.placeholder(tf.float32, [None, 3], name="x")
    w = v1.get_variable("w", [3])
    v = v1.get_variable("v", [], initializer=v1.ones_initializer())
    y = tf.exp(x - w) / (x + v)
    y = tf.square(y) + tf.sqrt(tf.abs(y)) - tf.minimum(y, w) * tf.maximum(v, 0.5)
    per_example = tf.reduce_sum(y, 1)
    v1.gradients([tf.reduce_mean(per_example, name="total"), tf.nn.l2_loss(w)], [w, v, x])


@case("sums of known shapes")
def sums():
    w = v1.get_variable("w", [2, 3])
    kept = tf.reduce_mean(w, axis=0, keepdims=True)
    row = tf.reduce_sum(w - kept, axis=[-1])
    v1.gradients(tf.reduce_sum(row), w)


@case("transposed matrices")
def transposed():
    a = v1.get_variable("a", [2, 3])
    b = v1.get_variable("b", [3, 2])
    both = tf.matmul(a, b, transpose_a=True, transpose_b=True)
    first = tf.matmul(a, a, transpose_a=True)
    second = tf.matmul(both + first, a, transpose_b=True)
    v1.gradients(second, [a, b])


@case("average pooling and dropout")
def pooling():
    x = v1.placeholder(tf.float32, [None, 8, 8, 3], name="x")
    filters = v1.get_variable("filters", [3, 3, 3, 4])
    conv = v1.nn.conv2d(x, filters, strides=[1, 2, 2, 1], padding="VALID", name="conv")
    pooled = v1.nn.avg_pool(conv, ksize=[1, 2, 2, 1], strides=[1, 1, 1, 1], padding="VALID")
    dropped = v1.nn.dropout(pooled, rate=0.25, name="drop", seed=3)
    v1.gradients(dropped, filters)


@case("constants")
def constants():
    tf.constant(3.5)
    tf.constant([1.0, 2.0], name="floats")
    tf.constant([[1.0], [1.0]])
    tf.constant(7, tf.int32, name="whole")
    tf.constant([1, 2, 3], tf.int64)
    tf.constant(True)
    tf.constant([True, False])
    tf.constant("text")
    tf.constant(["a", "b"])
    tf.constant(0.5, shape=[2, 3])
    tf.constant([], tf.float32)
    tf.zeros([2, 3])
    tf.ones([1000])
    tf.zeros([3], tf.int32, name="none")
    v1.placeholder(tf.string)
    v1.placeholder(tf.float32, [], name="number")
    tf.cast(tf.constant([1.0]), tf.int32)
    tf.cast(2.0, tf.float64, name="cast_number")
    tf.shape(v1.placeholder(tf.float32, [None, 2]))
    tf.shape(tf.ones([2, 2]))
    tf.zeros_like(tf.ones([2]))
    tf.zeros_like(v1.placeholder(tf.float32, [None]))


@case("initializers and regularizers")
def initializers():
    with v1.variable_scope("scope", initializer=v1.random_uniform_initializer(-1, 1)):
        v1.get_variable("default", [2])
        v1.get_variable("zeros", [2], initializer=v1.zeros_initializer())
        v1.get_variable("many_zeros", [50, 50], initializer=v1.zeros_initializer())
        v1.get_variable("ones", [2], initializer=v1.ones_initializer())
        v1.get_variable("normal", [2], initializer=v1.random_normal_initializer(1.0, 2.0, seed=4))
        v1.get_variable("value", initializer=tf.constant([1.0, 2.0]))
        v1.get_variable("steps", [], tf.int64, trainable=False, initializer=v1.zeros_initializer())
    v1.get_variable("glorot", [3, 4])
    v1.get_variable("filters", [5, 5, 1, 6])
    v1.get_variable("count", [2], tf.int32)


@case("variables that begin with others")
def dependent():
    first = v1.Variable(v1.truncated_normal([2]), name="first")
    doubled = v1.Variable(first.initialized_value() * 2.0, name="doubled")
    v1.Variable(doubled + first, name="sum")
    with v1.device("/gpu:1"):
        placed = v1.Variable(1.0, name="placed")
    averages = v1.train.ExponentialMovingAverage(0.5)
    averages.apply([placed, first])
    v1.assign(first, [1.0, 2.0])
    first.assign_add([1.0, 1.0])
    v1.assign_sub(doubled, first, name="less")


@case("devices, control dependencies, groups")
def placement():
    with v1.device("/job:worker/task:1"):
        a = tf.constant(1.0, name="a")
        with v1.device("/gpu:0"):
            b = tf.constant(2.0, name="b")
            v = v1.get_variable("v", [2])
            with v1.device(None):
                tf.constant(3.0, name="c")
            with v1.colocate_with(a):
                tf.constant(4.0, name="d")
    with v1.control_dependencies([a, b]):
        sum_ = a + 1.0
        tf.multiply(sum_, 2.0, name="after")
        with v1.control_dependencies(None):
            tf.constant(5.0, name="free")
        with v1.control_dependencies([a, v]):
            v1.no_op(name="inner")
    v1.group(a, b, name="both")
    v1.tuple([a, sum_])


@case("summaries of every kind")
def summaries():
    number = v1.placeholder(tf.float32, [], name="number")
    v1.summary.scalar("loss", number)
    v1.summary.scalar("loss", number, family="train")
    v1.summary.scalar("a tag, with (odd) characters", 1.5)
    v1.summary.histogram("values", tf.constant([1, 2, 3]))
    v1.summary.image("images", v1.placeholder(tf.uint8, [None, 4, 4, 3]), max_outputs=1)
    v1.summary.audio("sound", v1.placeholder(tf.float32, [None, 100]), 8000, max_outputs=2)
    v1.summary.text("note", tf.constant("hi"), collections=["notes"])
    v1.summary.tensor_summary("any", tf.constant([1.0]), summary_description="d", display_name="n")
    with v1.name_scope("scope"):
        one = v1.summary.scalar("one", number, collections=[])
        two = v1.summary.scalar("two", number, collections=["mine"])
        v1.summary.merge([one, two])
        v1.summary.merge([one], collections=["mine"], name="named")
    v1.summary.merge_all()
    v1.summary.merge_all("mine")


def graph_def(build):
    graph = tf.Graph()
    with graph.as_default():
        build()
    message = graph.as_graph_def(add_shapes=True)
    message.ClearField("versions")
    packed = gzip.compress(message.SerializeToString(deterministic=True), mtime=0)
    return base64.b64encode(packed).decode()


print(json.dumps({name: graph_def(build) for name, build in CASES.items()}, indent=2))
