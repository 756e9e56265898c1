"""Writes the checkpoints of files/ with TensorFlow, and files/expected.json with what is in them.

make_files.py    (in this folder; needs tensorflow, and cramjam for the compressed one)
"""

import json
import os
import shutil
import struct
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import cramjam
import ml_dtypes
import numpy as np
import tensorflow as tf

v1 = tf.compat.v1
FILES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "files")

# Types that a table of version 1 takes; for the others TensorFlow says that they are not supported.
V1_TYPES = "float32 float64 int32 uint8 int16 int8 int64 bool uint16 complex64 complex128 float16 qint8 quint8 qint32"
QUANTIZED = {"qint8": "int8", "quint8": "uint8", "qint16": "int16", "quint16": "uint16", "qint32": "int32"}


def values(dtype):
    """A matrix [3, 2] of each type, with its extremes."""
    if dtype in QUANTIZED:
        return values(QUANTIZED[dtype])
    if dtype == "bool":
        return np.array([[True, False], [False, True], [True, True]])
    if dtype.startswith("complex"):
        return np.array([[1 + 2j, -0.5j], [0, 3], [1e10, -1j]], dtype)
    if dtype in ("float32", "float64"):
        return np.array([[0.1, -np.inf], [np.nan, 1e-40], [-0.0, 3e38]], dtype)
    if dtype.startswith("float") or dtype == "bfloat16":
        kind = np.float16 if dtype == "float16" else getattr(ml_dtypes, dtype)
        return np.array([[0, 1], [-2, 0.5], [3, -1.5]], np.float32).astype(kind)
    small = dtype in ("int4", "int2", "uint4", "uint2")
    kind = getattr(ml_dtypes, dtype) if small else np.dtype(dtype)
    limits = ml_dtypes.iinfo(kind) if small else np.iinfo(kind)
    matrix = [[limits.min, limits.max], [0, 1], [limits.max, limits.min]]
    return np.array(matrix, np.int8).astype(kind) if small else np.array(matrix, kind)


def tensor_of(dtype):
    made = tf.constant(values(dtype))
    return tf.bitcast(made, dtype) if dtype in QUANTIZED else made


def plain(array):
    """As JSON has it: exact integers as text where they are large, complex numbers as pairs."""
    array = np.asarray(array)
    if array.dtype.kind == "c":
        parts = np.stack([array.real, array.imag], axis=-1)
        return [float(x) for x in parts.ravel()]
    if array.dtype.kind in "iu" and array.dtype.itemsize == 8:
        return [str(x) for x in array.ravel()]
    if array.dtype.kind in "iub" or "int" in array.dtype.name:
        return [int(x) for x in array.ravel()]
    return [repr(float(x)) if not np.isfinite(x) or x == 0 else float(x) for x in array.ravel()]


expected = {}


def expect(prefix, tensors):
    expected[prefix] = {
        name: {"dtype": dtype, "shape": list(np.shape(array)), "values": plain(array)}
        for name, (dtype, array) in tensors.items()
    }


def expect_what_tensorflow_reads(prefix, path=None):
    reader = tf.train.load_checkpoint(path or os.path.join(FILES, prefix))
    types = reader.get_variable_to_dtype_map()
    names = [name for name in reader.get_variable_to_shape_map() if types[name] != tf.string]
    expect(prefix, {name: (types[name].name, reader.get_tensor(name)) for name in names})


def types():
    floats = "float32 float64 float16 bfloat16 float8_e5m2 float8_e4m3fn float8_e4m3fnuz float8_e4m3b11fnuz"
    names = f"{floats} float8_e5m2fnuz float4_e2m1fn complex64 complex128 bool int8 int16 int32 int64 int4 int2".split()
    names += "uint8 uint16 uint32 uint64 uint4 uint2 qint8 qint16 qint32 quint8 quint16".split()
    shapes = {"scalar": (), "vector": (4,), "cube": (2, 3, 4), "empty": (0, 5)}
    arrays = {name: np.arange(np.prod(shape), dtype="float32").reshape(shape) for name, shape in shapes.items()}
    tensors = {name: tensor_of(name) for name in names} | {n: tf.constant(a) for n, a in arrays.items()}
    tensors["text"] = tf.constant(["a", "bc"])
    tf.raw_ops.SaveV2(
        prefix=os.path.join(FILES, "types"),
        tensor_names=list(tensors),
        shape_and_slices=[""] * len(tensors),
        tensors=list(tensors.values()),
    )
    expect("types", {n: (n, values(n)) for n in names} | {n: ("float32", a) for n, a in arrays.items()})


def types_of_version_1():
    names = V1_TYPES.split()
    with tf.Graph().as_default(), v1.Session() as session:
        session.run(
            tf.raw_ops.Save(
                filename=os.path.join(FILES, "types_v1"),
                tensor_names=[*names, "scalar", "text"],
                data=[*map(tensor_of, names), tf.constant(7.0), tf.constant(["a", "bc"])],
            )
        )
    expect("types_v1", {n: (n, values(n)) for n in names} | {"scalar": ("float32", np.float32(7))})


def objects():
    """TensorFlow 2: a model and its optimizers, which keep their slots each in a way of its own."""
    table = tf.Variable(np.arange(12, dtype="float32").reshape(4, 3))
    dense = tf.keras.layers.Dense(2)
    dense.build((None, 3))
    adam = tf.keras.optimizers.Adam()
    adam.build(dense.trainable_variables)
    slots = v1.train.AdamOptimizer(0.1)
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(table * table)
    slots.apply_gradients([(tape.gradient(loss, table), table)])
    tf.train.Checkpoint(table=table, dense=dense, adam=adam, slots=slots).write(os.path.join(FILES, "objects"))
    expect_what_tensorflow_reads("objects")


def in_a_session(prefix, build, path=None, **saver):
    v1.disable_resource_variables()
    with tf.Graph().as_default(), v1.Session(config=v1.ConfigProto(device_count={"CPU": 2})) as session:
        v1.set_random_seed(0)
        build()
        session.run(v1.global_variables_initializer())
        v1.train.Saver(**saver).save(
            session, os.path.join(FILES, prefix), write_meta_graph=False, write_state=False
        )
    expect_what_tensorflow_reads(prefix, path and os.path.join(FILES, path))


def trained():
    words = v1.get_variable("words", initializer=np.arange(20, dtype="float32").reshape(5, 4))
    bias = v1.get_variable("layer/bias", initializer=np.ones(4, "float32"))
    v1.train.AdamOptimizer().minimize(tf.reduce_sum(words + bias))


def partitioned():
    def cut(name, shape, axis, parts, dtype=tf.float32):
        v1.get_variable(
            name,
            shape,
            dtype,
            v1.random_uniform_initializer(0, 1000, dtype=dtype),
            partitioner=v1.fixed_size_partitioner(parts, axis=axis),
        )

    cut("rows", (7, 3, 4), 0, 3)
    cut("columns", (7, 3, 4), 1, 2)
    cut("depth", (7, 3, 4), 2, 4)
    # The keys of its parts have numbers of several bytes.
    cut("long", (700, 1), 0, 5, tf.int32)


def on_two_devices():
    for device in 0, 1:
        with tf.device(f"/cpu:{device}"):
            v1.get_variable(f"on_{device}", initializer=np.arange(6, dtype="float32").reshape(3, 2) + device)


def snappy():
    """The index of `saver`, its blocks compressed: TensorFlow reads such, but has not written any since 1.1."""
    index = open(os.path.join(FILES, "saver.index"), "rb").read()

    def varint(data, at):
        value = shift = 0
        while True:
            value |= (data[at] & 127) << shift
            shift, at = shift + 7, at + 1
            if data[at - 1] < 128:
                return value, at

    def to_varint(value):
        out = b""
        while value > 127:
            out, value = out + bytes([value & 127 | 128]), value >> 7
        return out + bytes([value])

    def masked_crc(data):
        table = []
        for byte in range(256):
            for _ in range(8):
                byte = byte >> 1 ^ (0x82F63B78 if byte & 1 else 0)
            table.append(byte)
        crc = 0xFFFFFFFF
        for byte in data:
            crc = crc >> 8 ^ table[(crc ^ byte) & 255]
        crc ^= 0xFFFFFFFF
        return ((crc >> 15 | crc << 17) + 0xA282EAD8) & 0xFFFFFFFF

    def compressed(block):
        body = bytes(cramjam.snappy.compress_raw(block)) + b"\x01"
        return body + struct.pack("<I", masked_crc(body))

    footer = index[-48:]
    meta_offset, at = varint(footer, 0)
    meta_size, at = varint(footer, at)
    index_offset, at = varint(footer, at)
    index_size, at = varint(footer, at)
    block = index[index_offset : index_offset + index_size]
    shared, at = varint(block, 0)
    unshared, at = varint(block, at)
    length, at = varint(block, at)
    key = block[at : at + unshared]
    offset, handle = varint(block, at + unshared)
    size, _ = varint(block, handle)
    assert shared == 0 and at + unshared + length == len(block) - 8, "one block of entries is expected"
    data = compressed(index[offset : offset + size])
    meta = compressed(index[meta_offset : meta_offset + meta_size])
    handle = to_varint(0) + to_varint(len(data) - 5)
    entry = bytes([0, len(key), len(handle)]) + key + handle
    blocks = compressed(entry + struct.pack("<II", 0, 1))
    handles = [len(data), len(meta) - 5, len(data) + len(meta), len(blocks) - 5]
    new_footer = b"".join(map(to_varint, handles)).ljust(40, b"\0") + footer[40:]
    with open(os.path.join(FILES, "snappy.index"), "wb") as file:
        file.write(data + meta + blocks + new_footer)
    shutil.copy(
        os.path.join(FILES, "saver.data-00000-of-00001"), os.path.join(FILES, "snappy.data-00000-of-00001")
    )
    expect_what_tensorflow_reads("snappy")


def main():
    shutil.rmtree(FILES, ignore_errors=True)
    os.makedirs(FILES)
    types()
    types_of_version_1()
    objects()
    v1_format = {"write_version": v1.train.SaverDef.V1}
    in_a_session("saver", trained)
    in_a_session("partitioned", partitioned)
    in_a_session("sharded", on_two_devices, sharded=True)
    in_a_session("saver_v1", trained, **v1_format)
    # TensorFlow writes it, but reads no variable in parts from it: the values are those of `partitioned`.
    in_a_session("partitioned_v1", partitioned, "partitioned", **v1_format)
    in_a_session("sharded_v1", on_two_devices, "sharded_v1-?????-of-00002", sharded=True, **v1_format)
    snappy()
    with open(os.path.join(FILES, "expected.json"), "w") as file:
        json.dump(expected, file, separators=(",", ":"))


main(*sys.argv[1:])
