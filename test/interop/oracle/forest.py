"""What scikit-learn's random forest says of columns and targets, which stand in the input as JSON. Prints for each target
the importance by permutation on rows that the forest has not seen, as shares, and R2 there."""

import json
import sys

import numpy as np
from sklearn.ensemble import RandomForestRegressor
from sklearn.inspection import permutation_importance

questions = json.load(sys.stdin)
x = np.array(questions["columns"]).T
answers = {}
for name, target in questions["targets"].items():
    y = np.array(target)
    total, scores = np.zeros(x.shape[1]), []
    # Each fifth in turn is what the forest has not seen.
    for fold in range(5):
        unseen = np.arange(len(y)) % 5 == fold
        forest = RandomForestRegressor(100, random_state=fold).fit(x[~unseen], y[~unseen])
        found = permutation_importance(
            forest, x[unseen], y[unseen], n_repeats=10, random_state=fold, scoring="neg_mean_squared_error"
        )
        total += np.maximum(found.importances_mean, 0)
        scores.append(forest.score(x[unseen], y[unseen]))
    answers[name] = {"permutation": (total / total.sum()).tolist(), "r2": float(np.mean(scores))}
print(json.dumps(answers))
