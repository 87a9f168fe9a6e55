"""An Airflow run to the names that the pipeline knows it by: run id, prefix of its objects, partition."""

import hashlib
import re
from datetime import date

from airflow.sdk import Context

# A file system below the object store may take no longer names (255 bytes), and environment.json allows 200.
LONGEST_RUN_ID = 200


def run_id_of(dag_id: str, airflow_run_id: str) -> str:
    """Readable, safe as an object key, and different for two DAGs that both call a run `scheduled__2026-11-18...`."""
    full = f"{dag_id}.{airflow_run_id}"
    readable = re.sub(r"[^A-Za-z0-9._-]", "-", full)[: LONGEST_RUN_ID - 9]
    return f"{readable}-{hashlib.sha256(full.encode()).hexdigest()[:8]}"


def run_prefix_of(bucket: str, run_id: str) -> str:
    """Where the run's manifests lie; without a slash at its end."""
    return f"s3://{bucket}/runs/{run_id}"


def partition_of(context: Context) -> date | str | None:
    """
    The day that the run reads.

    Scheduled and backfill runs read the day that had ended when they were due: the date on which their data interval began.
    Manual runs and runs started by an asset have no day of their own, so theirs is the param; without it they read the whole source.
    """
    run = context["dag_run"]
    # `run_type` compares equal to its word although it does not print as it.
    if run.run_type in ("scheduled", "backfill") and run.data_interval_start:
        return run.data_interval_start.date()
    return context["params"].get("partition")
