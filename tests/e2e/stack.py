"""The compose stack under a name, ports and passwords of its own, and what the tests ask of it: Airflow, PostgreSQL, S3, the engine."""

import os
import subprocess
import time
from typing import Any
from urllib.parse import quote

import requests

from airflow_runs import AirflowRuns
from storage import Storage
from surroundings import FILES, KEPT, OWN, PROJECT, REPOSITORY, WORK, run
from task_containers import TaskContainers


class Stack(AirflowRuns, Storage, TaskContainers):
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

    def kill(self, service: str) -> None:
        """Ends a service at once, as a machine without memory would, and starts it again."""
        run("docker", "kill", "--signal", "KILL", f"{PROJECT}-{service}-1")
        run("docker", "start", f"{PROJECT}-{service}-1")

    def away(self, service: str, seconds: float) -> None:
        """Stops a service for that long."""
        run("docker", "stop", "--time", "1", f"{PROJECT}-{service}-1")
        time.sleep(seconds)
        run("docker", "start", f"{PROJECT}-{service}-1")

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
