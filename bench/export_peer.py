"""The scalars of a log directory as CSV by tbparse and pandas: export_peer.py LOGDIR FILE"""

import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

from tbparse import SummaryReader

logdir, out = sys.argv[1:]
# What TensorFlow 2 writes, tbparse takes for tensors.
table = SummaryReader(logdir, pivot=False, extra_columns={"dir_name", "wall_time"}, event_types={"tensors"}).tensors
table["value"] = table["value"].astype(float)
table.to_csv(out, index=False)
