"""Metrics, written to the log in the embedded metric format, which CloudWatch reads without a call of ours."""

import json
import sys
import time

NAMESPACE = "Homeward"


def emit(name: str, value: float, unit: str) -> None:
    """Write one value of a metric; the line must be nothing but JSON, so it goes around the logger."""
    metrics = [{"Namespace": NAMESPACE, "Dimensions": [[]], "Metrics": [{"Name": name, "Unit": unit}]}]
    line = {"_aws": {"Timestamp": round(time.time() * 1000), "CloudWatchMetrics": metrics}, name: value}
    sys.stdout.write(json.dumps(line) + "\n")
