"""Text: one string, vectors and tables of strings, and Markdown and HTML of every kind, nasty ones among them."""

import pathlib

from tensorboard.compat.proto import types_pb2
from records import EventFile, metadata, strings, tensor

TEXT = metadata("text")
# Markdown by name, a file each, beside this program.
DOCUMENTS = pathlib.Path(__file__).parent / "markdown"


def make(folder):
    with EventFile(folder / "text/markdown") as file:
        for document in sorted(DOCUMENTS.glob("*.md")):
            file.tensor(document.stem, 0, strings([document.read_bytes()], shape=[]), TEXT)
    with EventFile(folder / "text/shapes") as file:
        words = [f"word *{i}*" for i in range(24)]
        for shape in [[], [1], [3], [2, 2], [1, 3], [3, 1], [2, 2, 2], [2, 3, 4], [1, 1, 1, 1]]:
            count = 1
            for size in shape:
                count *= size
            file.tensor(f"shape/{'x'.join(map(str, shape)) or 'scalar'}", 0, strings(words[:count], shape=shape), TEXT)
        file.tensor("shape/missing", 0, tensor(types_pb2.DT_STRING, string_val=[b"no shape"]), TEXT)
        file.tensor("shape/repeated", 0, strings(["one", "two"], shape=[4]), TEXT)
        file.tensor("cells", 0, strings(["# heading", "* a\n* b", "<b>bold</b>", "| a | b |\n|---|---|\n| 1 | 2 |"], shape=[2, 2]), TEXT)
        file.tensor("unclosed", 0, strings(["<em>open", "</em></p>", "&lt;", "a\0b\0"], shape=[2, 2]), TEXT)
        file.tensor("null_bytes", 0, strings(["a\0b\0\0c"], shape=[]), TEXT)
        file.tensor("only_spaces", 0, strings(["   \n\t\n  "], shape=[]), TEXT)
        file.tensor("nothing", 0, strings([""], shape=[]), TEXT)
        file.tensor("long", 0, strings(["word *emphasis* `code` " * 4000], shape=[]), TEXT)
        file.tensor("long_line", 0, strings(["x" * 100_000], shape=[]), TEXT)
        for step in range(150):
            # More than are kept.
            file.tensor("steps", step, strings([f"step **{step}**"], shape=[1]), TEXT)
    with EventFile(folder / "text/legacy") as file:
        # As TensorBoard's first text summaries named their plugin's content.
        file.tensor("json_content", 0, strings(["text"]), metadata("text", b"{}"))
        file.tensor("tag/text_summary", 0, strings(["as PyTorch names it"]), TEXT)
