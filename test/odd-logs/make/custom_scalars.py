"""Layouts of custom scalars: margin charts, regular expressions that are and are none, several runs' as one."""

from tensorboard.plugins.custom_scalar import layout_pb2
from records import EventFile, floats, metadata, strings

LAYOUT = metadata("custom_scalars")
TAG = "custom_scalars__config__"


def multiline(title, *tags):
    return layout_pb2.Chart(title=title, multiline=layout_pb2.MultilineChartContent(tag=tags))


def margin(title, *series):
    content = [layout_pb2.MarginChartContent.Series(value=v, lower=lower, upper=upper) for v, lower, upper in series]
    return layout_pb2.Chart(title=title, margin=layout_pb2.MarginChartContent(series=content))


def category(title, *charts, closed=False):
    return layout_pb2.Category(title=title, chart=charts, closed=closed)


def layout(*categories, version=0):
    proto = layout_pb2.Layout(version=version, category=categories)
    return strings([proto.SerializeToString()], shape=[])


FIRST = layout(
    category(
        "losses",
        multiline("all", "loss.*"),
        multiline("regexps", r"loss/(train|eval)$", r"^acc", r"\w+/\d+", "(?i)LOSS", "(", "[", "*", "", "."),
        margin("bounds", ("loss/train", "loss/lower", "loss/upper"), ("missing", "missing", "missing")),
    ),
    category("empty", closed=True),
    category("", multiline("")),
    category("<b>html</b>", layout_pb2.Chart(title="no content")),
)
SECOND = layout(
    category("losses", multiline("all", "loss.*"), multiline("another", "acc")),
    category("second", multiline("x", "y")),
)
THIRD = layout(category("second", multiline("third's", "z")), category("third", closed=True), version=0)


def make(folder):
    tags = ["loss/train", "loss/eval", "loss/lower", "loss/upper", "acc", "a/1", "LOSS", "with space", "with+plus", "损失"]
    for run, proto in {"a": FIRST, "b": SECOND, "c": THIRD, "none": None}.items():
        with EventFile(folder / run) as file:
            for step in range(3):
                for i, tag in enumerate(tags):
                    file.tensor(tag, step, floats(i + step), metadata("scalars"))
            if proto is not None:
                file.tensor(TAG, 0, proto, LAYOUT)
    with EventFile(folder / "rewritten") as file:
        # The layout that was written last is the one that counts.
        file.tensor(TAG, 0, layout(category("old", multiline("old", "old"))), LAYOUT)
        file.tensor(TAG, 1, layout(category("new", multiline("new", "new"))), LAYOUT)
    with EventFile(folder / "vector") as file:
        vector = layout(category("in a vector", multiline("x", "x")))
        vector.tensor_shape.dim.add(size=1)
        file.tensor(TAG, 0, vector, LAYOUT)
    with EventFile(folder / "other_tag") as file:
        file.tensor("some_tag", 0, layout(category("elsewhere", multiline("x", "x"))), LAYOUT)
