"""Writes with MLflow's Python client what the Java client then reads; prints the run's id."""

import math
import sys

from mlflow.entities import Metric
from mlflow.tracking import MlflowClient

experiment_id, files = sys.argv[1:3]
client = MlflowClient()
run_id = client.create_run(experiment_id, run_name="by Python").info.run_id
client.log_param(run_id, "größe", "naïve café 日本語 🚀")
client.set_tag(run_id, "заметка", "line one\nline two")
client.log_batch(
    run_id,
    metrics=[
        Metric("loss", 0.1, 1700000000123, -1),
        Metric("loss", math.nan, 1700000000124, 0),
        Metric("loss", -math.inf, 1700000000125, 7),
    ],
)
client.log_artifacts(run_id, files)
client.log_artifact(run_id, files + "/MLmodel", "one/more")
client.set_terminated(run_id, "KILLED")
print("wrote " + run_id)
