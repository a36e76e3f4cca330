"""Reads with MLflow's Python client what the Java client wrote, and ends with an error where they differ."""

import math
import pathlib
import sys
import tempfile

from mlflow.tracking import MlflowClient


def same(what, actual, expected):
    if actual != expected:
        sys.exit(f"{what}: {actual!r} instead of {expected!r}")


run_id, expected_files, scratch = sys.argv[1:4]
client = MlflowClient()
run = client.get_run(run_id)
same("params", run.data.params, {"größe": "naïve café 日本語 🚀", "empty-ish": " "})
same("tag", run.data.tags["заметка"], "line one\nline two")
same("status", run.info.status, "FINISHED")
history = sorted(client.get_metric_history(run_id, "loss"), key=lambda metric: metric.step)
same("steps", [metric.step for metric in history], [-1, 0, 7])
same("first value", history[0].value, 0.1)
same("first timestamp", history[0].timestamp, 1700000000123)
same("NaN", math.isnan(history[1].value), True)
same("infinity", history[2].value >= sys.float_info.max, True)

local = pathlib.Path(expected_files)
remote = pathlib.Path(client.download_artifacts(run_id, "", tempfile.mkdtemp(dir=scratch)))
names = sorted(str(path.relative_to(local)) for path in local.rglob("*") if path.is_file())
same("artifacts", sorted(str(path.relative_to(remote)) for path in remote.rglob("*") if path.is_file()), names)
for name in names:
    same(name, (remote / name).read_bytes(), (local / name).read_bytes())
print("read " + run_id)
