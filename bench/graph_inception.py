"""Writes what TensorFlow writes of Inception-v3's train step: the graph of one traced step, and its run metadata.

graph_inception.py LOGDIR: the run is LOGDIR/inception. The metadata is of a step on 75 x 75 pixels, which any machine runs.
"""
import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import tensorflow as tf

model = tf.keras.applications.InceptionV3(weights=None, input_shape=(75, 75, 3), classes=1000)
loss_of = tf.keras.losses.SparseCategoricalCrossentropy()
optimizer = tf.keras.optimizers.Adam()
optimizer.build(model.trainable_variables)


@tf.function
def train_step(images, labels):
    with tf.GradientTape() as tape:
        loss = loss_of(labels, model(images, training=True))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss


images = tf.random.uniform((2, 75, 75, 3))
labels = tf.zeros((2,), tf.int32)
writer = tf.summary.create_file_writer(os.path.join(sys.argv[1], "inception"))
with writer.as_default():
    concrete = train_step.get_concrete_function(images, labels)
    tf.summary.graph(concrete.graph)
    tf.summary.scalar("loss", 1.0, step=0)
    tf.summary.trace_on(graph=False, profiler=False)
    train_step(images, labels)
    tf.summary.trace_export(name="train_step", step=0)
writer.close()
print(len(concrete.graph.as_graph_def().node))
