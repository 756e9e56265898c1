"""Saves the vectors of a raw file as a variable `vectors` in a TensorFlow checkpoint.

projector_checkpoint.py RAW ROWS COLUMNS PREFIX
"""

import sys

import numpy as np
import tensorflow as tf

raw, rows, columns, prefix = sys.argv[1:]
vectors = np.fromfile(raw, "float32").reshape(int(rows), int(columns))
tf.raw_ops.SaveV2(prefix=prefix, tensor_names=["vectors"], shape_and_slices=[""], tensors=[vectors])
