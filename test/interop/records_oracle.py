"""What TensorFlow makes of TFRecord files and of Examples, as JSON on standard output.

records_oracle.py has MODULE...        which of these modules are installed
records_oracle.py read FILE TYPE ...   every record of each file as base64; TYPE is "", GZIP or ZLIB
records_oracle.py write FILE TYPE ... < RECORDS  writes base64 records with tf.io.TFRecordWriter into each file
records_oracle.py parse < CASES        what tf.io's parse functions give for each case's records and specs
"""

import base64
import importlib.util
import json
import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"


def encoded(data):
    return base64.b64encode(data).decode()


def read(*files):
    import tensorflow as tf

    return [
        [encoded(record.numpy()) for record in tf.data.TFRecordDataset(file, compression_type=compression)]
        for file, compression in pairs(files)
    ]


def write(records, *files):
    import tensorflow as tf

    for file, compression in pairs(files):
        with tf.io.TFRecordWriter(file, compression) as writer:
            for record in records:
                writer.write(base64.b64decode(record))
    return "written"


def pairs(arguments):
    return zip(arguments[::2], arguments[1::2])


def plain(value):
    """Elements as JSON: bytes as base64, integers as text (they may pass 2^53), floats with their special values."""
    if isinstance(value, list):
        return [plain(v) for v in value]
    if isinstance(value, bytes):
        return {"bytes": encoded(value)}
    if isinstance(value, float):
        return {"float": repr(value)}
    return str(value)


def flat(tensor):
    import tensorflow as tf

    return tf.reshape(tensor, [-1]).numpy().tolist()


def tensor_json(value):
    import tensorflow as tf

    if isinstance(value, tf.SparseTensor):
        return {
            "kind": "sparse",
            "indices": value.indices.numpy().flatten().tolist(),
            "denseShape": value.dense_shape.numpy().tolist(),
            "values": plain(value.values.numpy().tolist()),
        }
    if isinstance(value, tf.RaggedTensor):
        return {
            "kind": "ragged",
            "rowSplits": [splits.numpy().tolist() for splits in value.nested_row_splits],
            "valueShape": list(value.flat_values.shape[1:]),
            "values": plain(flat(value.flat_values)),
        }
    return {"kind": "dense", "shape": list(value.shape), "values": plain(flat(value))}


def spec_of(spec):
    import tensorflow as tf

    kind, dtype = spec["kind"], tf.dtypes.as_dtype(spec["dtype"])
    if kind == "fixedLen":
        return tf.io.FixedLenFeature(spec["shape"], dtype, default_of(spec))
    if kind == "varLen":
        return tf.io.VarLenFeature(dtype)
    if kind == "fixedLenSequence":
        return tf.io.FixedLenSequenceFeature(spec["shape"], dtype, spec["allowMissing"], default_of(spec))
    partitions = [partition_of(one) for one in spec["partitions"]]
    return tf.io.RaggedFeature(dtype, spec.get("valueKey"), partitions, validate=True)


def default_of(spec):
    default = spec.get("defaultValue")
    if default is None:
        return None
    one = {"int64": int, "float32": float, "string": str}[spec["dtype"]]
    return [one(v) for v in default] if isinstance(default, list) else one(default)


def partition_of(partition):
    import tensorflow as tf

    by = partition["by"]
    kind = getattr(tf.io.RaggedFeature, by[0].upper() + by[1:])
    return kind(partition["key"] if "key" in partition else partition["length"])


def parse_case(case):
    import tensorflow as tf

    records = [base64.b64decode(record) for record in case["records"]]
    specs = {key: spec_of(spec) for key, spec in case.get("features", {}).items()}
    lists = {key: spec_of(spec) for key, spec in case.get("featureLists", {}).items()}
    how = case["how"]
    if how == "single":
        return jsons(tf.io.parse_single_example(records[0], specs))
    if how == "batch":
        return jsons(tf.io.parse_example(tf.constant(records, tf.string), specs))
    if how == "sequence":
        context, steps = tf.io.parse_single_sequence_example(records[0], specs or None, lists or None)
        return {"context": jsons(context), "featureLists": jsons(steps)}
    context, steps, lengths = tf.io.parse_sequence_example(tf.constant(records, tf.string), specs or None, lists or None)
    lengths = {key: value.numpy().tolist() for key, value in lengths.items()}
    return {"context": jsons(context), "featureLists": jsons(steps), "lengths": lengths}


def jsons(tensors):
    return {key: tensor_json(value) for key, value in tensors.items()}


def parse(cases):
    import tensorflow as tf

    answers = []
    for case in cases:
        try:
            answers.append({"tensors": parse_case(case)})
        except (tf.errors.InvalidArgumentError, ValueError) as error:
            answers.append({"error": f"{type(error).__name__}: {str(error)[:300]}"})
    return answers


def main(command, *arguments):
    if command == "has":
        return {name: importlib.util.find_spec(name) is not None for name in arguments}
    if command == "read":
        return read(*arguments)
    if command == "write":
        return write(json.load(sys.stdin), *arguments)
    return parse(json.load(sys.stdin))


json.dump(main(*sys.argv[1:]), sys.stdout)
