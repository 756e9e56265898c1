"""Meshes: point clouds and surfaces with and without colours, of several samples and sizes that change."""

import numpy as np
from tensorboard.compat.proto import types_pb2
from tensorboard.plugins.mesh import metadata as mesh_metadata
from tensorboard.plugins.mesh import plugin_data_pb2
from records import EventFile, floats, metadata, tensor

VERTEX, FACE, COLOR = (plugin_data_pb2.MeshPluginData.ContentType.Value(name) for name in ("VERTEX", "FACE", "COLOR"))
NAMES = {VERTEX: "VERTEX", FACE: "FACE", COLOR: "COLOR"}


def about(name, content_type, shape, components=None, config="", description="", version=0):
    content = plugin_data_pb2.MeshPluginData(
        version=version,
        name=name,
        content_type=content_type,
        components=0 if components is None else mesh_metadata.get_components_bitmask(components),
        shape=shape,
        json_config=config,
    )
    return metadata("mesh", content.SerializeToString(), display_name=f"*{name}*", description=description)


def ints(array):
    array = np.asarray(array, "<i4")
    return tensor(types_pb2.DT_INT32, array.shape, tensor_content=array.tobytes())


def make(folder):
    rng = np.random.default_rng(3)
    parts = [VERTEX, FACE, COLOR]
    with EventFile(folder / "meshes/surface") as file:
        for step in range(3):
            for content_type in parts:
                values = rng.random((2, 4, 3)) if content_type == VERTEX else rng.integers(0, 4, (2, 4, 3))
                tag = mesh_metadata.get_instance_name("surface", content_type)
                config = '{"camera": {"cls": "PerspectiveCamera", "fov": 75}}'
                proto = ints(values) if content_type != VERTEX else floats(values)
                file.tensor(tag, step, proto, about("surface", content_type, values.shape, parts, config))
    with EventFile(folder / "meshes/clouds") as file:
        for step, points in enumerate([5, 9, 2]):
            # The size changes, the metadata stays as it was at first.
            tag = mesh_metadata.get_instance_name("cloud", VERTEX)
            file.tensor(tag, step, floats(rng.random((1, points, 3))), about("cloud", VERTEX, [1, points, 3], [VERTEX]))
        old = mesh_metadata.get_instance_name("old", VERTEX)
        file.tensor(old, 0, floats(rng.random((3, 2, 3))), about("old", VERTEX, [3, 2, 3]))
        file.tensor("any_tag", 0, floats(rng.random((1, 2, 3))), about("named otherwise", VERTEX, [1, 2, 3], [VERTEX]))
        doubles = tensor(types_pb2.DT_DOUBLE, [1, 1, 3], double_val=[0.1, 0.2, 0.3])
        file.tensor("doubles_VERTEX", 0, doubles, about("doubles", VERTEX, [1, 1, 3], [VERTEX]))
        colors = floats([[[0.5, 254.9, 255.0]]])
        file.tensor("float_COLOR", 0, colors, about("float colours", COLOR, [1, 1, 3], [COLOR]))
        faces = floats([[[0.9, 1.5, 2.0]]])
        file.tensor("float_FACE", 0, faces, about("float faces", FACE, [1, 1, 3], [FACE]))
        file.tensor("negative_steps", -3, floats([[[1, 2, 3]]]), about("negative step", VERTEX, [1, 1, 3], [VERTEX]))
