"""Starts TENSORBOARD_BINARY as `%tensorboard` does, with the arguments given: what came of it, as JSON."""

import dataclasses
import datetime
import json
import sys

from tensorboard import manager

result = manager.start(sys.argv[1:], timeout=datetime.timedelta(seconds=30))
fields = dataclasses.asdict(result)
print(json.dumps({"outcome": type(result).__name__, **fields}))
