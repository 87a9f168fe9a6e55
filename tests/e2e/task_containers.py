"""The containers of tasks, as the engine shows them."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any

from surroundings import PATIENCE, PROJECT, REPOSITORY, run, until


class TaskContainers:
    """The part of a stack that is the engine."""

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
