"""Log folders unlike those of test/corpus: `python test/odd-logs/make FOLDER` writes them below FOLDER, one a server."""

import pathlib
import sys

import audio
import custom_scalars
import files
import histograms
import hparams
import images
import mesh
import metadata
import pr_curves
import scalars
import tensors
import text
import torch_like
import writers

# By folder, what is written into it: hyperparameters are those of a whole folder, so they have some of their own.
FOLDERS = {
    "kinds": [scalars, histograms, images, audio, text, tensors, pr_curves, mesh, metadata],
    "layouts": [custom_scalars],
    "writers": [writers],
    "torch": [torch_like],
    "files": [files],
    **hparams.FOLDERS,
}


def main(root):
    for folder, modules in FOLDERS.items():
        for module in modules:
            module.make(pathlib.Path(root) / folder)


if __name__ == "__main__":
    main(sys.argv[1])
