"""Names, ports and patience of the stack that the tests start, and how they call programs and wait."""

import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[2]
WORK = REPOSITORY / ".cache/e2e"
DAG = "text_corpus"
PROJECT = "text-corpus-e2e"
# Seconds for anything that must come to pass. Long: a machine with too much to do must not make a test red.
PATIENCE = 600
# Whether to leave the stack running, and to go on with one that was.
KEPT = bool(os.environ.get("E2E_KEEP"))
FILES = ("--file", "docker/compose.yaml", "--file", "tests/e2e/compose.yaml")
# Beside a stack that somebody works with; and quick to notice a fault, for tests wait for it.
OWN = {
    "PIPELINE_DEPLOYMENT": PROJECT,
    "PIPELINE_DOCKER_NETWORK": f"{PROJECT}-data",
    "AIRFLOW_PORT": "18080",
    "POSTGRES_PORT": "15432",
    "S3_PORT": "17070",
    "AIRFLOW_PARALLELISM": "4",
    "PIPELINE_RETRY_SECONDS": "5",
    "AIRFLOW_DEAD_AFTER_SECONDS": "30",
    "AIRFLOW_DEAD_CHECK_SECONDS": "10",
    "PIPELINE_OPENLINEAGE_URL": "http://lineage-server:5000",
}


def run(*command: str, **kwargs: Any) -> str:
    """A command's standard output; fails with what it said."""
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=600, check=False, **kwargs)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}: {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout


def image_of(name: str) -> str:
    """The image that this checkout builds of a task."""
    return f"text-corpus/{name}:{run('scripts/stack-tag').strip()}"


def until(ask: Callable[[], Any], seconds: float, what: str | Callable[[], str]) -> Any:
    """Asks every half second until the answer is true."""
    end = time.monotonic() + seconds
    while not (answer := ask()):
        if time.monotonic() > end:
            raise AssertionError(f"after {seconds} s: not {what if isinstance(what, str) else what()}")
        time.sleep(0.5)
    return answer
