"""Metadata that is unusual: versions to come, classes that do not fit, names and descriptions, said late or twice."""

from tensorboard.compat.proto import summary_pb2
from tensorboard.plugins.histogram import plugin_data_pb2 as histogram_pb2
from tensorboard.plugins.image import plugin_data_pb2 as image_pb2
from tensorboard.plugins.scalar import plugin_data_pb2 as scalar_pb2
from tensorboard.plugins.text import plugin_data_pb2 as text_pb2
from records import EventFile, doubles, floats, metadata, strings, value_of


def make(folder):
    with EventFile(folder / "metadata/versions") as file:
        version = lambda message, number: message(version=number).SerializeToString()
        for number in [1, -1]:
            for plugin, message, proto in [
                ("scalars", scalar_pb2.ScalarPluginData, floats(1)),
                ("histograms", histogram_pb2.HistogramPluginData, doubles([[0, 1, 2]])),
                ("images", image_pb2.ImagePluginData, strings([b"1", b"1", b"png"])),
                ("text", text_pb2.TextPluginData, strings(["text"])),
            ]:
                file.tensor(f"{plugin}/{number}", 0, proto, metadata(plugin, version(message, number)))
    with EventFile(folder / "metadata/content") as file:
        # How plugins' content was written before it was a message.
        file.tensor("histogram_json", 0, doubles([[0, 1, 2]]), metadata("histograms", b"{}"))
        file.tensor("text_json", 0, strings(["text"]), metadata("text", b"{}"))
    with EventFile(folder / "metadata/classes") as file:
        for data_class in [1, 2, 3, 17]:
            for plugin in ["scalars", "histograms", "images", "text", "", "graphs"]:
                proto = floats(1) if data_class == 1 else doubles([[0, 1, 2]]) if data_class == 2 else strings(["a"])
                file.tensor(f"{plugin or 'none'}/{data_class}", 0, proto, metadata(plugin, data_class=data_class))
        legacy = summary_pb2.Summary.Value(tag="legacy/text", simple_value=1, metadata=metadata("text"))
        file.values(0, legacy)
        classed = summary_pb2.Summary.Value(tag="legacy/class", simple_value=1, metadata=metadata("scalars", data_class=1))
        file.values(0, classed)
        odd = summary_pb2.Summary.Value(tag="legacy/tensor_class", simple_value=1, metadata=metadata("text", data_class=2))
        file.values(0, odd)
    with EventFile(folder / "metadata/names") as file:
        file.tensor("named", 0, floats(1), metadata("scalars", display_name="A <b>name</b>", description="# Loss\n\nof *all*"))
        file.tensor("named", 1, floats(2), metadata("scalars", display_name="Another", description="Another"))
        file.tensor("named_late", 0, floats(1))
        file.tensor("named_late", 1, floats(2), metadata("scalars", display_name="Late"))
        file.tensor("same", 0, floats(1), metadata("scalars", description="of this run"))
        file.tensor("nasty", 0, floats(1), metadata("scalars", description="<script>alert(1)</script>\n\n[x](javascript:alert(1))"))
        file.values(0, value_of("only", None, metadata("scalars", display_name="Never")))
        legacy_named = summary_pb2.Summary.Value(tag="legacy_named", simple_value=1, metadata=metadata("scalars", display_name="X"))
        file.values(0, legacy_named)
    with EventFile(folder / "metadata/other_names") as file:
        file.tensor("same", 0, floats(1), metadata("scalars", description="of another run"))
        file.tensor("named", 0, floats(1), metadata("scalars", description="of another run"))
        image = strings([b"1", b"1", b"png"])
        file.tensor("same", 1, image, metadata("images", description="an image"))
