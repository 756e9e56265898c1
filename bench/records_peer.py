"""What TensorFlow takes for the work of bench/records.ts: `records_peer.py LAYOUT COMPRESSION FILE RECORDS BATCH`.

Prints seconds as JSON, or a reason. FILE holds the records and is read; what is written goes beside it.
Reading is in batches, so that Python is not what is measured; parsing uses as many threads as tf.data likes.
"""

import json
import os
import sys
import time

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"


def main(layout, compression, file, records, batch):
    import numpy as np
    import tensorflow as tf

    kind = {"none": "", "gzip": "GZIP", "zlib": "ZLIB"}[compression]
    images = []
    for i in range(100):
        j = np.arange(784)
        image = np.where((i * 31 + j * 17) % 5 == 0, (i * j) & 255, 0)
        images.append(image.astype(np.uint8) if layout == "bytes" else image.astype(np.float32) / 255)

    def feature(image):
        if layout == "bytes":
            return tf.train.Feature(bytes_list=tf.train.BytesList(value=[image.tobytes()]))
        return tf.train.Feature(float_list=tf.train.FloatList(value=image))

    def write():
        with tf.io.TFRecordWriter(file + ".peer", kind) as writer:
            for i in range(records):
                label = tf.train.Feature(int64_list=tf.train.Int64List(value=[i % 10]))
                features = tf.train.Features(feature={"image": feature(images[i % 100]), "label": label})
                writer.write(tf.train.Example(features=features).SerializeToString())

    def dataset():
        return tf.data.TFRecordDataset(file, compression_type=kind)

    def read():
        count = sum(len(batch.numpy()) for batch in dataset().batch(1000))
        assert count == records, count

    image = tf.io.FixedLenFeature([], tf.string) if layout == "bytes" else tf.io.FixedLenFeature([784], tf.float32)
    specs = {"image": image, "label": tf.io.FixedLenFeature([], tf.int64)}

    def parse():
        parsed = dataset().batch(batch).map(lambda r: tf.io.parse_example(r, specs), tf.data.AUTOTUNE)
        count = sum(len(one["label"]) for one in parsed)
        assert count == records, count

    def seconds(work):
        start = time.perf_counter()
        work()
        return time.perf_counter() - start

    sum(1 for _ in dataset().take(1))  # warm
    return {"write": seconds(write), "read": seconds(read), "parse": seconds(parse)}


try:
    print(json.dumps(main(*sys.argv[1:4], *map(int, sys.argv[4:]))))
except ImportError as error:
    print("not installed:", error.name)
