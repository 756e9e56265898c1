"""Runs and files: nested, empty, Unicode, in the root, several files a run, restarts, damage, events of other kinds."""

from tensorboard.compat.proto import event_pb2
from records import START, EventFile, floats, frame, metadata

SCALARS = metadata("scalars")


def make(folder):
    make_nested(folder)
    make_several(folder)
    make_restarts(folder)
    make_others(folder)
    make_damaged(folder)
    make_starts(folder)


def make_nested(folder):
    runs = [".", "a", "a/b", "a/b/c", "a.b", "a b", "a+b", "100%", "x=1&y=2", "лог/运行", "#hash", "q?", "'quotes\"", "UPPER", "upper"]
    for i, run in enumerate(runs):
        with EventFile(folder / run, start=START + 1000 * (len(runs) - i)) as file:
            for step in range(3):
                file.scalar("loss", step, float(step + i))
                file.scalar(f"only/{i}", step, float(i))
    # Names that hold the word somewhere else.
    with EventFile(folder / "names", name="my.tfevents") as file:
        file.scalar("loss", 0, 1.0)
    with EventFile(folder / "names", name="tfevents.2") as file:
        file.scalar("loss", 1, 2.0)
    (folder / "names/readme.txt").write_text("no event file")
    (folder / "not_a_run").mkdir(exist_ok=True)
    (folder / "not_a_run/events.txt").write_text("no event file either")


def make_several(folder):
    """Files are read in the order of their names, whatever their times are."""
    for i, name in enumerate(["events.out.tfevents.10.host", "events.out.tfevents.9.host", "a.tfevents", "z.tfevents"]):
        with EventFile(folder / "several", name=name, start=START + 100 * (4 - i)) as file:
            for step in range(3):
                file.scalar("loss", step * 4 + i, float(i))
                file.scalar(f"only/{i}", step, float(i))
    for i in range(3):
        # A writer each for training, evaluation and the rest, all into one run, tags shared.
        with EventFile(folder / "writers", name=f"events.out.tfevents.170000000{i}.host.v2") as file:
            for step in range(4):
                file.tensor("shared", step * 3 + i, floats(step * 3 + i), SCALARS)
                file.tensor(f"own/{i}", step, floats(step), SCALARS)


def make_restarts(folder):
    start = event_pb2.SessionLog(status=event_pb2.SessionLog.START)
    with EventFile(folder / "restart/one_file") as file:
        for step in range(10):
            file.scalar("loss", step, 1.0)
        file.event(step=5, session_log=start)
        for step in range(5, 8):
            file.scalar("loss", step, 2.0)
        file.scalar("other", 0, 1.0)
    for i in range(2):
        with EventFile(folder / "restart/two_files", name=f"events.out.tfevents.{i}.host") as file:
            for step in range(6 * i - 3 * i, 6 * i + 6):
                file.tensor("loss", step, floats(step + 100 * i), SCALARS)
    with EventFile(folder / "restart/backwards") as file:
        for step in range(10, 0, -1):
            file.scalar("loss", step, float(step))


def make_others(folder):
    with EventFile(folder / "others/logs") as file:
        file.event(log_message=event_pb2.LogMessage(level=20, message="a message"))
        file.event(session_log=event_pb2.SessionLog(status=event_pb2.SessionLog.STOP))
        file.event(step=3)
        file.event(graph_def=b"")
        file.event(meta_graph_def=b"\x0a\x00")
    with EventFile(folder / "others/no_version", version=None) as file:
        file.scalar("loss", 0, 1.0)
    with EventFile(folder / "others/version_3", version="brain.Event:3") as file:
        file.scalar("loss", 0, 1.0)
    with EventFile(folder / "others/no_values") as file:
        file.values(0)


def make_damaged(folder):
    """Files that end early, or hold what is no event."""
    with EventFile(folder / "damaged/cut") as file:
        for step in range(5):
            file.scalar("loss", step, float(step))
    cut = folder / "damaged/cut/events.out.tfevents.1700000000.host"
    cut.write_bytes(cut.read_bytes()[:-5])
    folder.joinpath("damaged/not_events").mkdir(parents=True, exist_ok=True)
    folder.joinpath("damaged/not_events/x.tfevents").write_bytes(b"this is no event file at all, whatever its name says")
    folder.joinpath("damaged/zero").mkdir(parents=True, exist_ok=True)
    folder.joinpath("damaged/zero/x.tfevents").write_bytes(b"")
    folder.joinpath("damaged/header").mkdir(parents=True, exist_ok=True)
    folder.joinpath("damaged/header/x.tfevents").write_bytes(frame(b"x" * 20)[:10])


def make_starts(folder):
    """Runs in the order of their first events, which need not be their earliest."""
    with EventFile(folder / "starts/late_first", version=None) as file:
        file.scalar("loss", 0, 1.0, wall_time=START + 90_000)
        file.scalar("loss", 1, 1.0, wall_time=START + 10)
    with EventFile(folder / "starts/same_a", version=None) as file:
        file.scalar("loss", 0, 1.0, wall_time=START + 50_000)
    with EventFile(folder / "starts/same_b", version=None) as file:
        file.scalar("loss", 0, 1.0, wall_time=START + 50_000)
    with EventFile(folder / "starts/no_time", version=None) as file:
        file.scalar("loss", 0, 1.0, wall_time=float("nan"))
    with EventFile(folder / "starts/negative", version=None) as file:
        file.scalar("loss", 0, 1.0, wall_time=-5.0)
