"""The compose stack under a name, ports and passwords of its own, and what the tests ask of it: Airflow, PostgreSQL, S3, the engine."""

import json
import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import quote

import boto3
import psycopg2
import requests

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


class Stack:
    """One running stack."""

    def __init__(self) -> None:
        WORK.mkdir(parents=True, exist_ok=True)
        self.env_file = WORK / ".env"
        if not (KEPT and self.env_file.exists()):
            self._write_settings()
        read = (line.partition("=") for line in self.env_file.read_text().splitlines() if "=" in line and not line.startswith("#"))
        self.settings = {name: value for name, _, value in read}

    def _write_settings(self) -> None:
        example = (REPOSITORY / "docker/.env.example").read_text().splitlines()
        lines = [line for line in example if line.partition("=")[0] not in OWN]
        self.env_file.write_text("\n".join([*lines, *(f"{name}={value}" for name, value in OWN.items())]) + "\n")
        run("scripts/stack-env", str(self.env_file))

    def compose(self, *arguments: str, **kwargs: Any) -> str:
        """One docker compose command."""
        files = ("--env-file", str(self.env_file), "--project-directory", "docker", *FILES)
        # What the caller's shell exports would win over the file.
        environment = {name: value for name, value in os.environ.items() if name not in self.settings}
        return run("docker", "compose", *files, *arguments, env=environment, **kwargs)

    def up(self) -> None:
        """Starts a new stack; with E2E_KEEP, goes on with the one that an earlier call kept."""
        if KEPT and self._answers():
            return
        self.down()
        self.compose("up", "--detach", "--wait")

    def _answers(self) -> bool:
        try:
            return requests.get(f"{self.airflow_url}/api/v2/monitor/health", timeout=5).ok
        except requests.ConnectionError:
            return False

    def down(self) -> None:
        """Removes the stack with its data; the scheduler first, or it would try again what is removed."""
        self.compose("rm", "--stop", "--force", "scheduler")
        for container in self.task_containers(all_states=True):
            subprocess.run(["docker", "rm", "--force", container["Id"]], capture_output=True, check=False)  # it may just have gone
        self.compose("down", "--volumes", "--remove-orphans", "--timeout", "5")

    # Airflow

    @property
    def airflow_url(self) -> str:
        return f"http://127.0.0.1:{OWN['AIRFLOW_PORT']}"

    @cached_property
    def _session(self) -> requests.Session:
        session = requests.Session()
        login = {"username": "admin", "password": self.settings["AIRFLOW_ADMIN_PASSWORD"]}
        answer = session.post(f"{self.airflow_url}/auth/token", json=login, timeout=30)
        answer.raise_for_status()
        session.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
        return session

    def request(self, method: str, path: str, body: Any = None) -> requests.Response:
        """The bare answer of Airflow's REST API; asks again while nobody listens, as after its server was killed."""

        def answer() -> list[requests.Response]:
            try:
                return [self._session.request(method, f"{self.airflow_url}/api/v2{path}", json=body, timeout=120)]
            except requests.ConnectionError:
                return []
            except requests.ReadTimeout:
                # A server that was killed may have taken the question with it; only one that changes nothing may be asked twice.
                if method != "GET":
                    raise
                return []

        return until(answer, PATIENCE, "answered: the REST API")[0]

    def api(self, method: str, path: str, body: Any = None) -> Any:
        answer = self.request(method, path, body)
        assert answer.ok, f"{method} {path}: {answer.status_code} {answer.text[:500]}"
        return answer.json() if answer.text else None

    def trigger(self, **conf: Any) -> str:
        """Starts a manual run; returns its id."""
        return self.trigger_dag(DAG, conf=conf)

    def trigger_dag(self, dag: str, **more: Any) -> str:
        """Starts a run of any DAG; `more` goes into the request."""
        return self.api("POST", f"/dags/{dag}/dagRuns", {"logical_date": None, **more})["dag_run_id"]

    def run_path(self, run_id: str, dag: str = DAG) -> str:
        return f"/dags/{dag}/dagRuns/{quote(run_id, safe='')}"

    def pipeline_run(self, run_id: str) -> str:
        """The name of the run's folder below runs/."""
        uri = self.api("GET", f"{self.run_path(run_id)}/taskInstances/ingest/xcomEntries/return_value")["value"]
        manifest = json.loads(uri) if isinstance(uri, str) else uri
        return manifest["manifest"].split("/runs/")[1].split("/")[0]

    def tasks(self, run_id: str, dag: str = DAG) -> dict[str, str | None]:
        """The state of each task instance, by `task` or `task[map index]`."""
        found = self.api("GET", f"{self.run_path(run_id, dag)}/taskInstances?limit=1000")["task_instances"]
        return {t["task_id"] if t["map_index"] < 0 else f"{t['task_id']}[{t['map_index']}]": t["state"] for t in found}

    def ended(self, run_id: str, seconds: int = PATIENCE, dag: str = DAG) -> str:
        """Waits for the run's end and returns its state."""

        def state() -> str | None:
            found = self.api("GET", self.run_path(run_id, dag))["state"]
            return found if found in ("success", "failed") else None

        return until(state, seconds, lambda: f"ended: run {run_id}, {self.tasks(run_id, dag)}")

    def wait_for_task(self, run_id: str, task: str, state: str, seconds: int = PATIENCE) -> None:
        until(lambda: self.tasks(run_id).get(task) == state, seconds, f"{state}: {task}")

    def tries(self, run_id: str, task: str) -> int:
        name, _, index = task.rstrip("]").partition("[")
        return self.api("GET", f"{self.run_path(run_id)}/taskInstances/{name}" + (f"/{index}" if index else ""))["try_number"]

    def logs(self, run_id: str, task: str, attempt: int, index: int = -1, dag: str = DAG) -> str:
        return json.dumps(self.api("GET", f"{self.run_path(run_id, dag)}/taskInstances/{task}/logs/{attempt}?map_index={index}"))

    def backfill(self, first: str, last: str, again: bool = False, **conf: Any) -> list[dict[str, Any]]:
        """Runs the days from first to last and waits for them; returns the runs."""
        window = {"from_date": f"{first}T00:00:00Z", "to_date": f"{last}T23:59:59Z"}
        body = {"dag_id": DAG, **window, "reprocess_behavior": "completed" if again else "none", "max_active_runs": 2}
        made = self.api("POST", "/backfills", {**body, "run_backwards": False, "dag_run_conf": conf})
        until(lambda: self.api("GET", f"/backfills/{made['id']}")["completed_at"], PATIENCE, "completed: the backfill")
        query = f"logical_date_gte={window['from_date']}&logical_date_lte={window['to_date']}&run_type=backfill"
        return self.api("GET", f"/dags/{DAG}/dagRuns?{query}")["dag_runs"]

    def kill(self, service: str) -> None:
        """Ends a service at once, as a machine without memory would, and starts it again."""
        run("docker", "kill", "--signal", "KILL", f"{PROJECT}-{service}-1")
        run("docker", "start", f"{PROJECT}-{service}-1")

    def away(self, service: str, seconds: float) -> None:
        """Stops a service for that long."""
        run("docker", "stop", "--time", "1", f"{PROJECT}-{service}-1")
        time.sleep(seconds)
        run("docker", "start", f"{PROJECT}-{service}-1")

    # PostgreSQL and S3

    def rows(self, sql: str, *values: Any) -> list[tuple]:
        """What the corpus database answers."""
        login = {"user": "postgres", "password": self.settings["POSTGRES_PASSWORD"], "dbname": "corpus"}
        connection = psycopg2.connect(host="127.0.0.1", port=OWN["POSTGRES_PORT"], **login)
        try:
            with connection.cursor() as cursor:
                cursor.execute(sql, values)
                return cursor.fetchall()
        finally:
            connection.close()

    @cached_property
    def s3(self) -> Any:
        keys = {"aws_access_key_id": self.settings["S3_ACCESS_KEY"], "aws_secret_access_key": self.settings["S3_SECRET_KEY"]}
        return boto3.client("s3", endpoint_url=f"http://127.0.0.1:{OWN['S3_PORT']}", region_name="us-east-1", **keys)

    @property
    def bucket(self) -> str:
        return self.settings["PIPELINE_BUCKET"]

    def put(self, key: str, body: bytes) -> None:
        self.s3.put_object(Bucket=self.bucket, Key=key, Body=body)

    def keys(self, prefix: str) -> list[str]:
        pages = self.s3.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=prefix)
        return [found["Key"] for page in pages for found in page.get("Contents", [])]

    def json_at(self, key: str) -> Any:
        return json.loads(self.s3.get_object(Bucket=self.bucket, Key=key)["Body"].read())

    # The engine

    def task_containers(self, all_states: bool = False, **labels: str) -> list[dict[str, Any]]:
        """`docker inspect` of the task containers of this stack."""
        wanted = {"pipeline.deployment": PROJECT, **{f"pipeline.{name}": value for name, value in labels.items()}}
        filters = [word for name, value in wanted.items() for word in ("--filter", f"label={name}={value}")]
        ids = run("docker", "ps", "--quiet", "--no-trunc", *(["--all"] if all_states else []), *filters).split()
        found = (subprocess.run(["docker", "inspect", one], capture_output=True, text=True, check=False).stdout for one in ids)
        return [container for text in found for container in json.loads(text or "[]")]

    @contextmanager
    def watched(self) -> Iterator[list[dict[str, Any]]]:
        """Every task container of this stack that starts meanwhile, as `docker inspect` shows it then."""
        seen: list[dict[str, Any]] = []
        words = ("--filter", "type=container", "--filter", "event=start", "--filter", f"label=pipeline.deployment={PROJECT}")
        events = subprocess.Popen(["docker", "events", *words, "--format", "{{.ID}}"], cwd=REPOSITORY, stdout=subprocess.PIPE, text=True)

        def inspect() -> None:
            for line in events.stdout:
                found = subprocess.run(["docker", "inspect", line.strip()], capture_output=True, text=True, check=False).stdout
                seen.extend(json.loads(found or "[]"))

        watcher = Thread(target=inspect, daemon=True)
        watcher.start()
        try:
            yield seen
        finally:
            events.terminate()
            events.wait()
            watcher.join()

    def wait_for_container(self, run_id: str, task: str, seconds: int = PATIENCE) -> dict[str, Any]:
        missing = lambda: f"started: a container of {task} in {run_id}"  # noqa: E731
        return until(lambda: self.task_containers(run=run_id, task=task), seconds, missing)[0]

    def diagnosis(self, since: float) -> str:
        """What explains a failure: services, runs that are not green, the logs of their tasks that are not, and the scheduler's own."""
        parts = [
            run("docker", "ps", "--all", "--filter", f"label=com.docker.compose.project={PROJECT}", "--format", "{{.Names}} {{.Status}}")
        ]
        begun = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(since))
        for found in self.api("GET", f"/dags/~/dagRuns?run_after_gte={quote(begun)}&limit=50")["dag_runs"]:
            dag, run_id = found["dag_id"], found["dag_run_id"]
            states = self.tasks(run_id, dag)
            parts.append(f"{dag} {run_id}: {found['state']}\n  {states}")
            for task, state in states.items():
                if state in ("failed", "up_for_retry", "running"):
                    parts.append(f"--- {task}\n{self._last_lines(found, task)}")
        parts.append("--- scheduler\n" + self.compose("logs", "--no-color", "--no-log-prefix", "--tail", "40", "scheduler"))
        return "\n".join(parts)

    def _last_lines(self, found: dict[str, Any], task: str, lines: int = 25) -> str:
        name, _, index = task.rstrip("]").partition("[")
        path = f"{self.run_path(found['dag_run_id'], found['dag_id'])}/taskInstances/{name}"
        tries = self.api("GET", path + (f"/{index}" if index else ""))["try_number"]
        answer = self.api("GET", f"{path}/logs/{tries}?map_index={index or -1}")["content"]
        return "\n".join(str(event.get("event", event))[:500] for event in answer[-lines:] if isinstance(event, dict))

    @contextmanager
    def held(self, slots: int = 0) -> Iterator[None]:
        """Keeps loads waiting, so that something can be done between validate and load."""
        self._set_pool(slots)
        try:
            yield
        finally:
            self._set_pool(2)

    def _set_pool(self, slots: int) -> None:
        path = "/pools/postgres_load?update_mask=slots&update_mask=include_deferred"
        self.api("PATCH", path, {"pool": "postgres_load", "slots": slots, "include_deferred": False})
