"""A task's name to what it is: what it reads and writes, the flags that it takes, its size, and whether it gets the database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any


@dataclass(frozen=True)
class Size:
    """CPU in thousandths of a core, memory in MiB: pairs that Fargate offers too, so that one table serves every engine."""

    cpu_milli: int
    memory_mib: int


# Memory: 300 MB + 12 times the largest accepted document (32 MiB unless the recipe says otherwise) = 684 MB, with room to spare.
SMALL = Size(cpu_milli=500, memory_mib=1024)
MEDIUM = Size(cpu_milli=500, memory_mib=2048)
LARGE = Size(cpu_milli=1000, memory_mib=2048)


@dataclass(frozen=True)
class TaskSpec:
    """One of the pipeline's programs. `{source}`, `{run}` and `{batch}` in its addresses are filled in for each call."""

    name: str
    reads: str
    writes: str
    flags: tuple[str, ...]
    size: Size
    timeout: timedelta
    uses_database: bool = False
    # Runs when nothing else of the run does any more: ends containers whose last attempt was killed hard.
    sweeps: bool = False

    @property
    def deadline_seconds(self) -> int:
        """When the program ends itself, cleanly and a minute before Airflow would end it."""
        return int(self.timeout.total_seconds()) - 60

    def manifest_uri(self, places: Mapping[str, str]) -> str:
        """Where the program writes its manifest."""
        return self.writes.format(**places)

    def arguments(self, places: Mapping[str, str], params: Mapping[str, Any]) -> list[str]:
        """The program's command line. A param that is null is left out: the program's own default, or the recipe's, holds."""
        given = [(flag, params.get(flag.replace("-", "_"))) for flag in self.flags]
        options = [word for flag, value in given if value is not None for word in (f"--{flag}", str(value))]
        force = ["--force"] if params.get("force") else []
        return ["--in", self.reads.format(**places), "--out", self.manifest_uri(places), *options, *force]


TASKS: Mapping[str, TaskSpec] = {
    task.name: task
    for task in (
        TaskSpec(
            name="ingest",
            reads="{source}",
            writes="{run}/ingest.json",
            flags=("dataset", "source-name", "partition", "on-missing", "batch-documents", "recipe"),
            size=MEDIUM,
            timeout=timedelta(hours=6),
        ),
        TaskSpec(
            name="clean-chunk",
            reads="{run}/ingest/{batch}.json",
            writes="{run}/clean-chunk/{batch}.json",
            flags=("recipe", "tokenizer", "max-tokens", "overlap-tokens", "pii-policy"),
            size=LARGE,
            timeout=timedelta(hours=2),
        ),
        TaskSpec(
            name="validate",
            reads="{run}/clean-chunk/{batch}.json",
            writes="{run}/validate/{batch}.json",
            flags=("recipe", "pii-policy"),
            size=LARGE,
            timeout=timedelta(hours=2),
        ),
        TaskSpec(
            name="load",
            reads="{run}/validate/{batch}.json",
            writes="{run}/load/{batch}.json",
            flags=(),
            size=SMALL,
            timeout=timedelta(hours=1),
            uses_database=True,
        ),
        TaskSpec(
            name="lineage",
            reads="{run}/",
            writes="{run}/lineage.json",
            flags=("recipe",),
            size=MEDIUM,
            timeout=timedelta(hours=1),
            uses_database=True,
            sweeps=True,
        ),
    )
}
