"""Airflow's environment for tests. Imported before anything imports Airflow, which reads its configuration on import."""

import atexit
import os
import shutil
import socket
import tempfile
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


HOME = tempfile.mkdtemp(prefix="dags-test-")
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
S3_PORT = _free_port()
S3_URL = f"http://127.0.0.1:{S3_PORT}"
BUCKET = "corpus"
DATABASE_PASSWORD = "pa:ss/wo@rd"  # every character that an address must escape

for name in [name for name in os.environ if name.startswith(("AIRFLOW", "PIPELINE_", "AWS_", "OPENLINEAGE", "DOCKER_HOST"))]:
    del os.environ[name]
os.environ.update(
    {
        "AIRFLOW_HOME": HOME,
        "AIRFLOW__CORE__LOAD_EXAMPLES": "false",
        "AIRFLOW__CORE__UNIT_TEST_MODE": "true",
        "AIRFLOW__CORE__DAGS_FOLDER": str(REPOSITORY / "dags"),
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{HOME}/airflow.db",
        "AIRFLOW__OPENLINEAGE__DISABLED": "true",
        "AIRFLOW_CONN_PIPELINE_STORE": (
            '{"conn_type":"aws","login":"store-key","password":"store-secret","extra":'
            f'{{"region_name":"us-east-1","endpoint_url":"{S3_URL}","config_kwargs":{{"s3":{{"addressing_style":"path"}}}}}}}}'
        ),
        "AIRFLOW_CONN_PIPELINE_DB": (
            f'{{"conn_type":"postgres","host":"db","login":"loader","password":"{DATABASE_PASSWORD}","schema":"corpus"}}'
        ),
    }
)
