"""Tables as people's programs write them, compressed: python make_files.py, with pandas, polars and pyarrow."""

import pathlib

import pandas
import polars
import pyarrow.feather
import pyarrow.parquet

FOLDER = pathlib.Path(__file__).parent
# More than a block of LZ4, and so regular that the files stay small.
ROWS = 4096
DATA = {
    "word": [f"word{row % 7}" for row in range(ROWS)],
    "vector": [[float(row % 16), 1.5, -1.0] for row in range(ROWS)],
}

frame = pandas.DataFrame(DATA)
frame.to_feather(FOLDER / "pandas-lz4.feather")
frame.to_parquet(FOLDER / "pandas-brotli.parquet", compression="brotli")
frame.to_parquet(FOLDER / "pandas-lz4.parquet", compression="lz4")

table = pyarrow.table({**DATA, "vector": pyarrow.array(DATA["vector"], pyarrow.list_(pyarrow.float32(), 3))})
pyarrow.feather.write_feather(table, FOLDER / "pyarrow-zstd.feather", compression="zstd")
pyarrow.parquet.write_table(table, FOLDER / "pyarrow-gzip.parquet", compression="gzip")

written = polars.DataFrame(DATA, schema={"word": polars.String, "vector": polars.List(polars.Float32)})
written.write_parquet(FOLDER / "polars-zstd.parquet")
written.write_parquet(FOLDER / "polars-lz4.parquet", compression="lz4")
written.write_ipc(FOLDER / "polars-zstd.arrow", compression="zstd")
written.write_ipc(FOLDER / "polars-lz4.arrow", compression="lz4")
