"""What other programs make of exported tables, and of the logs that these come from, as JSON.

tables.py read FILE...          the rows of each file with the types of the columns, as pyarrow reads them, and JSON lines
                                as Python itself does: pyarrow takes no texts for numbers that JSON has not
tables.py tbparse LOGDIR KIND... tbparse's tables of scalars, hparams, text or histograms, by kind
tables.py blobs LOGDIR FOLDER   whether tbparse's images and audio are those of the files that were exported
"""

import csv
import json
import math
import os
import sys
import wave

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"


def plain(value):
    """As JSON: whole numbers and those that are none as text, so that nothing is rounded."""
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    if isinstance(value, int):
        return str(value)
    return value if math.isfinite(value) else str(value)


def read(path):
    if path.endswith(".jsonl"):
        with open(path) as file:
            return {"types": {}, "rows": [[plain(cell) for cell in json.loads(line).values()] for line in file]}
    import pyarrow as pa
    from pyarrow import csv as arrow_csv
    from pyarrow import ipc
    from pyarrow import parquet

    parsing = arrow_csv.ParseOptions(newlines_in_values=True)
    # By default its readers take nan for null.
    converting = arrow_csv.ConvertOptions(null_values=[])
    readers = {
        ".csv": lambda p: arrow_csv.read_csv(p, parse_options=parsing, convert_options=converting),
        ".arrow": lambda p: ipc.open_file(p).read_all(),
        ".arrows": lambda p: ipc.open_stream(p).read_all(),
        ".parquet": parquet.read_table,
    }
    table = readers[os.path.splitext(path)[1]](path)
    table.validate(full=True)
    types = {field.name: str(field.type) for field in table.schema}
    columns = [column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column for column in table.columns]
    rows = [[plain(cell) for cell in row] for row in zip(*[column.to_pylist() for column in columns])]
    return {"types": types, "rows": rows}


def reader_of(logdir, kind):
    from tbparse import SummaryReader

    return getattr(
        SummaryReader(logdir, pivot=False, extra_columns={"dir_name", "wall_time"}, event_types={kind}), kind
    )


def rows_of(table, *columns):
    return [[plain(cell) for cell in row] for row in zip(*[table[column].tolist() for column in columns])]


def scalars(logdir):
    """Those of TensorFlow 1, and those of TensorFlow 2, which tbparse takes for tensors."""
    found = rows_of(reader_of(logdir, "scalars"), "dir_name", "tag", "step", "wall_time", "value")
    tensors = reader_of(logdir, "tensors")
    single = tensors[[getattr(value, "shape", ()) == () and isinstance(float_of(value), float) for value in tensors["value"]]]
    single = single.assign(value=[float_of(value) for value in single["value"]])
    return found + rows_of(single, "dir_name", "tag", "step", "wall_time", "value")


def float_of(value):
    try:
        return float(value)
    except (TypeError, ValueError):
        return None


def by_tbparse(logdir, kind):
    if kind == "scalars":
        return scalars(logdir)
    table = reader_of(logdir, kind)
    if kind == "hparams":
        return rows_of(table, "dir_name", "tag", "value")
    if kind == "text":
        return rows_of(table, "dir_name", "tag", "step", "wall_time", "text" if "text" in table else "value")
    return [
        [*row, [float(count) for count in counts]]
        for row, counts in zip(rows_of(table, "dir_name", "tag", "step", "wall_time"), table["counts"])
    ]


def blobs(logdir, folder):
    """For each kind: how many of tbparse's values are in the files, and how many are not."""
    import numpy as np
    from PIL import Image

    def pixels(path):
        image = np.asarray(Image.open(path))
        return image if image.ndim == 3 else image[:, :, None]

    def samples(path):
        with wave.open(path) as clip:
            data = np.frombuffer(clip.readframes(clip.getnframes()), np.int16)
            return data.reshape(-1, clip.getnchannels())

    outcome = {}
    for kind, decode in (("images", pixels), ("audio", samples)):
        with open(os.path.join(folder, f"{kind}.csv"), newline="") as file:
            files = {
                (row["run"], row["tag"], int(row["step"])): row["file"]
                for row in csv.DictReader(file)
                if row["index"] == "0"
            }
        same = [0, 0]
        table = reader_of(logdir, kind)
        for run, tag, step, value in zip(table["dir_name"], table["tag"], table["step"], table["value"]):
            ours = decode(os.path.join(folder, files[run, tag, step]))
            value = np.asarray(value)
            if kind == "audio" and value.dtype != np.int16:
                value = np.round(value * 32768).astype(np.int16)
            same[int(ours.reshape(-1).tolist() != value.reshape(-1).tolist())] += 1
        outcome[kind] = {"same": same[0], "different": same[1]}
    return outcome


def main(mode, *args):
    if mode == "read":
        return {path: read(path) for path in args}
    if mode == "tbparse":
        return {kind: by_tbparse(args[0], kind) for kind in args[1:]}
    return blobs(*args)


json.dump(main(*sys.argv[1:]), sys.stdout)
