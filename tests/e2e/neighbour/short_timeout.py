"""A DAG of somebody who uses our operator, with a timeout that its container will not keep."""

from datetime import datetime, timedelta

from airflow.sdk import Param, dag

from pipeline.task_container import task_container


@dag(schedule=None, start_date=datetime(2026, 1, 1), params={"source": Param("s3://corpus/raw/", type="string")})
def short_timeout():
    task_container("ingest", execution_timeout=timedelta(seconds=20), retries=0)


short_timeout()
