"""Writes embeddings as TensorFlow's projector plugin has them written, beside whatever is in LOGDIR.

projector.py LOGDIR < EMBEDDINGS
"""

import base64
import json
import os
import sys

import numpy as np
from PIL import Image
from tensorboard.plugins import projector


def sprite(embedding):
    """All images in a square grid, row by row."""
    images = np.array(embedding["images"]["data"], np.uint8).reshape(embedding["images"]["shape"])
    count, height, width = images.shape
    side = int(np.ceil(np.sqrt(count)))
    sheet = np.zeros((side * height, side * width), np.uint8)
    for i, image in enumerate(images):
        y, x = i // side * height, i % side * width
        sheet[y : y + height, x : x + width] = image
    return Image.fromarray(sheet), (width, height)


def main(logdir):
    config = projector.ProjectorConfig()
    for i, embedding in enumerate(json.load(sys.stdin)):
        info = config.embeddings.add()
        info.tensor_name = embedding["name"]
        vectors = np.frombuffer(base64.b64decode(embedding["vectors"]), "<f4").reshape(embedding["shape"])
        info.tensor_path = f"vectors{i}.tsv"
        np.savetxt(os.path.join(logdir, info.tensor_path), vectors, fmt="%.9g", delimiter="\t")
        info.tensor_shape.extend(embedding["shape"])
        for key, path in (("metadata", f"metadata{i}.tsv"), ("bookmarks", f"bookmarks{i}.json")):
            if key in embedding:
                setattr(info, f"{key}_path", path)
                with open(os.path.join(logdir, path), "w", encoding="utf8") as file:
                    file.write(embedding[key])
        if "images" in embedding:
            image, size = sprite(embedding)
            info.sprite.image_path = f"sprite{i}.png"
            info.sprite.single_image_dim.extend(size)
            image.save(os.path.join(logdir, info.sprite.image_path))
    projector.visualize_embeddings(logdir, config)


main(*sys.argv[1:])
