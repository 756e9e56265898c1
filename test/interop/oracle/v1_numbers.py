"""Numbers that tf.compat.v1 computes for moving averages and learning rates, as JSON on standard output."""

import json
import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import tensorflow as tf  # noqa: E402

v1 = tf.compat.v1
v1.logging.set_verbosity(v1.logging.ERROR)
v1.disable_v2_behavior()

#: The textbook's: what the variable becomes, at which step.
BOOK = [(0.0, 0), (5.0, 0), (10.0, 10000), (10.0, 10000)]
VALUES = [[1.0, -2.0, 0.1], [0.3, 1e-3, 7.0], [1e6, -1.0 / 3.0, 0.0], [0.0, 0.0, 0.0], [3.0, 3.0, 3.0]]


def averages(decay, values, steps=None):
    """The average after each value."""
    with tf.Graph().as_default():
        variable = v1.Variable(values[0], dtype=tf.float32)
        step = v1.Variable(0, trainable=False) if steps else None
        ema = v1.train.ExponentialMovingAverage(decay, step)
        op = ema.apply([variable])
        rows = []
        with v1.Session() as session:
            session.run(v1.global_variables_initializer())
            for i, value in enumerate(values):
                variable.load(value, session)
                if steps:
                    step.load(steps[i], session)
                session.run(op)
                rows.append(session.run(ema.average(variable)).tolist())
        return rows


def rates(learning_rate, decay_steps, decay_rate, staircase, steps):
    with tf.Graph().as_default():
        step = v1.placeholder(tf.int32, [])
        rate = v1.train.exponential_decay(learning_rate, step, decay_steps, decay_rate, staircase)
        with v1.Session() as session:
            return [float(session.run(rate, {step: s})) for s in steps]


STEPS = [0, 1, 99, 100, 101, 549, 550, 1000, 5000, 30000]
print(
    json.dumps(
        {
            "book": averages(0.99, [v for v, _ in BOOK], [s for _, s in BOOK]),
            "without steps": averages(0.9, VALUES),
            "with steps": averages(0.999, VALUES, [0, 1, 2, 10, 100000]),
            "decay": rates(0.1, 100, 0.96, False, STEPS),
            "staircase": rates(0.1, 100, 0.96, True, STEPS),
            "fractions": rates(0.8, 550.5, 0.99, True, STEPS),
        },
        indent=2,
    )
)
