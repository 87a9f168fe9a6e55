"""Airflow's REST API: runs, their tasks, backfills, and what explains a failure."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any
from urllib.parse import quote

import requests

from surroundings import DAG, OWN, PATIENCE, until


class AirflowRuns:
    """The part of a stack that is Airflow."""

    settings: dict[str, str]

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
