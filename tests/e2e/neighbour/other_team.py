"""Another team's DAG in the same Airflow: containers of its own on the same engine, with labels that come as close to ours as they can."""

import os
from datetime import datetime

from airflow.providers.docker.operators.docker import DockerOperator
from airflow.sdk import dag


@dag(schedule=None, start_date=datetime(2026, 1, 1), default_args={"owner": "other-team", "retries": 0})
def other_team():
    DockerOperator(
        task_id="ingest",
        image=f"text-corpus/runtime:{os.environ['PIPELINE_IMAGE_TAG']}",
        command=["node", "-e", "process.on('SIGTERM', () => process.exit(3)); setTimeout(() => {}, 3600_000)"],
        labels={
            "pipeline.deployment": "text-corpus-e2e",
            "pipeline.dag": "other_team",
            "pipeline.run": "one-name",
            "pipeline.task": "ingest",
        },
        mount_tmp_dir=False,
        auto_remove="force",
    )


other_team()
