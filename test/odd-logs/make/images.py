"""Images: several per step, every format that browsers know and some that nobody does, and pieces of them."""

import io

import numpy as np
from PIL import Image
from tensorboard.compat.proto import summary_pb2
from records import EventFile, metadata, strings, tensor

IMAGES = metadata("images", description="the *first* batch", display_name="input")
# Pillow has no writer for these.
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="2" height="2"><script>alert(1)</script></svg>'
AVIF = b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf"


def encoded(kind, size=(4, 3), mode="RGB", seed=1, **options):
    shape = (size[1], size[0], len(mode)) if len(mode) > 1 else (size[1], size[0])
    pixels = np.random.default_rng(seed).integers(0, 255, shape).astype(np.uint8)
    out = io.BytesIO()
    Image.fromarray(pixels, mode).save(out, kind, **options)
    return out.getvalue()


def formats():
    png = encoded("PNG")
    return {
        "png": png,
        "png_gray": encoded("PNG", mode="L"),
        "png_alpha": encoded("PNG", mode="RGBA"),
        "jpeg": encoded("JPEG"),
        "jpeg_progressive": encoded("JPEG", size=(20, 20), progressive=True),
        "gif": encoded("GIF", mode="L"),
        "bmp": encoded("BMP"),
        "webp": encoded("WEBP"),
        "tiff": encoded("TIFF"),
        "ico": encoded("ICO", size=(16, 16)),
        "svg": SVG,
        "avif": AVIF,
        "png_cut": png[:40],
        "png_signature": png[:8],
        "jpeg_start": encoded("JPEG")[:3],
        "gif_header": b"GIF89a",
        "bmp_header": b"BM",
        "empty": b"",
        "html": b"<html><script>alert(1)</script></html>",
        "noise": bytes(range(256)),
    }


def make(folder):
    png = encoded("PNG")
    with EventFile(folder / "images/modern") as file:
        for tag, image in formats().items():
            file.tensor(f"formats/{tag}", 0, strings([b"4", b"3", image]), IMAGES)
        for step, count in enumerate([3, 1, 0, 5, 2]):
            images = [encoded("PNG", seed=step * 10 + i) for i in range(count)]
            file.tensor("several", step, strings([b"4", b"3", *images]), IMAGES)
        file.tensor("sizes_only", 0, strings([b"4", b"3"]), IMAGES)
        file.tensor("one_string", 0, strings([b"4"]), IMAGES)
        file.tensor("no_strings", 0, strings([]), IMAGES)
        file.tensor("odd_sizes", 0, strings([b"-1", b"wide", png]), IMAGES)
        file.tensor("rank_0", 0, strings([png], shape=[]), IMAGES)
        file.tensor("rank_2", 0, strings([b"4", b"3", png, png], shape=[2, 2]), IMAGES)
        file.tensor("floats", 0, tensor(1, [2], float_val=[1, 2]), IMAGES)
        # Fewer strings than the shape says.
        file.tensor("short", 0, strings([b"4", b"3", png], shape=[9]), IMAGES)
        for step in [0, 1, 2, 1]:
            file.tensor("restarted", step, strings([b"4", b"3", png]), IMAGES)
        for step in range(25):
            # More than are kept.
            file.tensor("many", step, strings([b"4", b"3", png[: 40 + step]]), IMAGES)
    with EventFile(folder / "images/legacy") as file:
        for colorspace in [1, 2, 3, 4, 6, 9]:
            image = legacy(png, colorspace)
            file.values(0, summary_pb2.Summary.Value(tag=f"colorspace/{colorspace}", image=image))
        for tag, image in formats().items():
            file.values(0, summary_pb2.Summary.Value(tag=f"formats/{tag}", image=legacy(image, 3)))
        for step in range(4):
            # As TensorFlow 1 names the images of a batch.
            values = [
                summary_pb2.Summary.Value(tag=f"batch/image/{i}", image=legacy(encoded("PNG", seed=i + step), 3))
                for i in range(3)
            ]
            file.values(step, *values)
        file.values(0, summary_pb2.Summary.Value(tag="no_size", image=summary_pb2.Summary.Image()))
        modern_first = summary_pb2.Summary.Value(tag="modern_then_legacy", metadata=IMAGES)
        modern_first.tensor.CopyFrom(strings([b"4", b"3", png, png]))
        file.values(0, modern_first)
        file.values(1, summary_pb2.Summary.Value(tag="modern_then_legacy", image=legacy(png, 3)))
        file.values(0, summary_pb2.Summary.Value(tag="legacy_then_modern", image=legacy(png, 3)))
        file.values(1, summary_pb2.Summary.Value(tag="legacy_then_modern", tensor=strings([b"4", b"3", png, png])))


def legacy(image, colorspace):
    return summary_pb2.Summary.Image(width=4, height=3, colorspace=colorspace, encoded_image_string=image)
