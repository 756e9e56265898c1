"""Hyperparameters: described and told from sessions, of every type, repeated trials, sessions without metrics."""

from google.protobuf import struct_pb2
from tensorboard.plugins.hparams import api_pb2, plugin_data_pb2
from records import EventFile, floats, metadata, value_of

NULL = floats([])
PREFIX = "_hparams_/"
SCALARS = metadata("scalars")


def data(**content):
    return metadata("hparams", plugin_data_pb2.HParamsPluginData(**content).SerializeToString())


def value(python_value):
    if isinstance(python_value, bool):
        return struct_pb2.Value(bool_value=python_value)
    if isinstance(python_value, (int, float)):
        return struct_pb2.Value(number_value=python_value)
    if isinstance(python_value, str):
        return struct_pb2.Value(string_value=python_value)
    if isinstance(python_value, list):
        return struct_pb2.Value(list_value=struct_pb2.ListValue(values=[value(item) for item in python_value]))
    return struct_pb2.Value(null_value=struct_pb2.NULL_VALUE)


def start(hparams, **more):
    info = plugin_data_pb2.SessionStartInfo(hparams={name: value(v) for name, v in hparams.items()}, **more)
    return data(session_start_info=info)


def session(folder, hparams, metrics=(), status=api_pb2.STATUS_SUCCESS, end=True, **more):
    """A session's run: its start, its metrics as [tag, values], its end."""
    with EventFile(folder) as file:
        file.values(0, value_of(PREFIX + "session_start_info", NULL, start(hparams, **more)))
        for tag, values in metrics:
            for step, number in enumerate(values):
                file.tensor(tag, step, floats(number), SCALARS)
        if end:
            info = plugin_data_pb2.SessionEndInfo(status=status, end_time_secs=2000.5)
            file.values(0, value_of(PREFIX + "session_end_info", NULL, data(session_end_info=info)))


def interval(low, high):
    return api_pb2.Interval(min_value=low, max_value=high)


def domain(*values):
    return struct_pb2.ListValue(values=[value(item) for item in values])


def metric(group, tag, **more):
    return api_pb2.MetricInfo(name=api_pb2.MetricName(group=group, tag=tag), **more)


def described(folder):
    """An experiment with every kind of domain, and sessions that do not always keep to it."""
    experiment = api_pb2.Experiment(
        name="an experiment",
        description="of *some* <b>kind</b>",
        user="somebody",
        time_created_secs=1000.25,
        hparam_infos=[
            api_pb2.HParamInfo(name="lr", display_name="Learning rate", description="*step*", type=api_pb2.DATA_TYPE_FLOAT64, domain_interval=interval(1e-5, 0.1)),
            api_pb2.HParamInfo(name="units", type=api_pb2.DATA_TYPE_FLOAT64, domain_discrete=domain(16.0, 32.0)),
            api_pb2.HParamInfo(name="optimizer", type=api_pb2.DATA_TYPE_STRING, domain_discrete=domain("adam", "sgd_100%")),
            api_pb2.HParamInfo(name="bias", type=api_pb2.DATA_TYPE_BOOL, domain_discrete=domain(True, False)),
            api_pb2.HParamInfo(name="differs", differs=True),
            api_pb2.HParamInfo(name="unused"),
            api_pb2.HParamInfo(),
        ],
        metric_infos=[
            metric("", "acc", display_name="Accuracy", description="top *1*", dataset_type=api_pb2.DATASET_VALIDATION),
            metric("eval", "loss", dataset_type=api_pb2.DATASET_TRAINING),
            metric("", "no such metric"),
            metric("/eval", "loss"),
        ],
    )
    with EventFile(folder) as file:
        file.values(0, value_of(PREFIX + "experiment", NULL, data(experiment=experiment)))
    nan, inf = float("nan"), float("inf")
    sessions = {
        "s0": ({"lr": 0.01, "units": 16, "optimizer": "adam", "bias": True}, [("acc", [0.1, 0.5])]),
        "s1": ({"lr": 0.1, "units": 32, "optimizer": "sgd_100%", "bias": False}, [("acc", [0.2, 0.75])]),
        "s2": ({"lr": 1e-5, "units": 16, "optimizer": "adam"}, [("acc", [nan])]),
        "s3": ({"lr": 0.003, "optimizer": "Adam & co", "bias": True, "not described": 1}, [("acc", [inf]), ("more", [1])]),
        "s4": ({"units": 32}, []),
        "s5": ({}, [("acc", [0.4])]),
        "s6": ({"lr": 123456.789, "units": 16, "optimizer": "", "bias": False}, [("acc", [1e-7])]),
        "s7": ({"lr": -0.5, "units": 32, "optimizer": "Zed", "bias": True}, [("acc", [-12345678])]),
    }
    for i, (name, (hparams, metrics)) in enumerate(sessions.items()):
        session(folder / name, hparams, metrics, start_time_secs=100.0 + i, model_uri=f"model/{name}", monitor_url=f"http://host/{name}")
        with EventFile(folder / name / "eval") as file:
            file.tensor("loss", 7, floats(i / 2), SCALARS)


def inferred(folder):
    """No experiment is described: hyperparameters and metrics are told from the sessions."""
    session(folder / "a", {"number": 1, "text": "x", "flag": True, "mixed": 1, "constant": 5, "list": [1, "a"], "null": None}, [("m", [1, 2]), ("only_a", [3])])
    session(folder / "b", {"number": 2.5, "text": "ÿ\"\\\n", "flag": False, "mixed": "two", "constant": 5}, [("m", [4])], status=api_pb2.STATUS_FAILURE)
    session(folder / "c", {"number": -3, "text": "x", "mixed": False, "constant": 5, "sometimes": 0.1}, [("m", [5])], status=api_pb2.STATUS_RUNNING)
    session(folder / "d", {"number": 1e20, "mixed": 1e-7, "constant": 5, "zero": -0.0}, [("m", [6])], end=False)
    session(folder / "e", {"number": 0, "constant": 5}, status=api_pb2.STATUS_UNKNOWN)
    for run, tag in [("a/train", "m"), ("a/train/deep", "m"), ("a/eval", "n"), ("elsewhere", "m"), ("ab", "m")]:
        with EventFile(folder / run) as file:
            file.tensor(tag, 3, floats(9), SCALARS)


def nans(folder):
    """Numbers that JSON cannot say. (Which is the smallest of several is up to the order of runs, if one is none.)"""
    session(folder / "a", {"x": float("-inf"), "y": 1, "only": float("nan")}, [("m", [1])])
    session(folder / "b", {"x": float("inf"), "y": 2}, [("m", [float("nan")])])
    session(folder / "c", {"x": 3, "y": 3}, [("m", [3])])


def groups(folder):
    """Trials that were repeated: groups of several sessions, whose metrics are taken together."""
    for group in range(3):
        for trial in range(3):
            metrics = [] if (group, trial) == (1, 1) else [("acc", [group / 4 + trial / 8] * (trial + 1)), ("loss", [trial])]
            name = folder / f"group{group}" / f"trial{trial}"
            session(name, {"lr": 10.0**-group, "opt": ["adam", "sgd", "lamb"][group]}, metrics, group_name=f"group {group}", start_time_secs=float(trial))
            with EventFile(name / "validation") as file:
                file.tensor("acc", trial, floats(trial / 2 + group), SCALARS)
    session(folder / "alone", {"lr": 1, "opt": "adam"}, [("acc", [0.3])])
    # Members of one group that do not have the same metrics.
    session(folder / "odd1", {"lr": 5}, [("acc", [0.1])], group_name="odd")
    session(folder / "odd2", {"lr": 5}, [("acc", [0.9]), ("more", [1])], group_name="odd")
    session(folder / "none1", {"lr": 7}, group_name="no metrics")
    session(folder / "none2", {"lr": 7}, group_name="no metrics")


def in_the_root(folder):
    """The log directory is the session itself."""
    session(folder, {"lr": 0.5}, [("acc", [0.25])])
    with EventFile(folder / "sub") as file:
        file.tensor("acc", 0, floats(0.5), SCALARS)


def only_metrics(folder):
    """Sessions without a hyperparameter."""
    session(folder / "a", {}, [("acc", [1])])
    session(folder / "b", {}, [("acc", [2])])


class Folder:
    """One experiment's folder, as the other modules make theirs."""

    def __init__(self, make):
        self.make = make


FOLDERS = {
    f"hparams-{make.__name__.replace('_', '-')}": [Folder(make)]
    for make in [described, inferred, nans, groups, in_the_root, only_metrics]
}
