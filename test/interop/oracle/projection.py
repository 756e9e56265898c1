"""What scikit-learn and umap-learn make of vectors: `projection.py FOLDER`, which has questions.json and little-endian
float32 files. Writes answers.json, and scores.f32 of each question of PCA."""

import json
import pathlib
import sys
import warnings

import numpy as np

warnings.filterwarnings("ignore")
folder = pathlib.Path(sys.argv[1])
questions = json.loads((folder / "questions.json").read_text())
answers = {}


def read(name, dims):
    return np.fromfile(folder / name, "<f4").reshape(-1, dims)


for name, question in questions.items():
    x = read(question["vectors"], question["dims"])
    kind = question["kind"]
    if kind == "pca":
        from sklearn.decomposition import PCA

        pca = PCA(question["components"], svd_solver="full").fit(x.astype("f8"))
        pca.transform(x.astype("f8")).astype("<f4").tofile(folder / f"{name}.f32")
        answers[name] = {
            "variances": pca.explained_variance_.tolist(),
            "shares": pca.explained_variance_ratio_.tolist(),
        }
    elif kind == "trust":
        from sklearn.manifold import trustworthiness

        y = read(question["places"], question["placeDims"]).astype("f8")
        x = x.astype("f8")
        metric, k = question["metric"], question["k"]
        answers[name] = {
            "trustworthiness": trustworthiness(x, y, n_neighbors=k, metric=metric),
            "continuity": trustworthiness(y, x, n_neighbors=k),
        }
    elif kind == "neighbours":
        from sklearn.neighbors import NearestNeighbors

        x = x.astype("f8")
        near = NearestNeighbors(n_neighbors=question["k"], metric=question["metric"], algorithm="brute").fit(x)
        answers[name] = {"distances": near.kneighbors()[0].tolist()}
    elif kind == "umap":
        import umap
        from sklearn.manifold import trustworthiness

        y = umap.UMAP(n_components=question["layoutDims"], random_state=42).fit_transform(x)
        answers[name] = {"trustworthiness": trustworthiness(x, y, n_neighbors=question["k"])}
    elif kind == "tsne":
        from sklearn.manifold import TSNE, trustworthiness

        y = TSNE(question["layoutDims"], random_state=42).fit_transform(x)
        answers[name] = {"trustworthiness": trustworthiness(x, y, n_neighbors=question["k"])}
    else:
        raise ValueError(f"no question is {kind}")

(folder / "answers.json").write_text(json.dumps(answers))
