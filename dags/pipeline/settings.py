"""The scheduler's environment to settings: read once, without asking any other system, because DAG files are parsed all the time."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

# The same place in the repository and in the Airflow image: shared/contracts beside dags/.
CONTRACTS = Path(__file__).resolve().parents[2] / "shared" / "contracts"

ENGINES = ("docker", "ecs", "kubernetes")


@dataclass(frozen=True)
class Settings:
    """Where the pipeline runs. Every default is the one of docker/compose.yaml."""

    engine: str
    deployment: str
    bucket: str
    schedule: str | None
    retry_seconds: int
    image_prefix: str
    image_tag: str
    log_level: str
    open_lineage: Mapping[str, str]
    environment: Mapping[str, str]

    @property
    def landing_zone(self) -> str:
        """Where documents come from unless a run is told otherwise."""
        return f"s3://{self.bucket}/raw/"

    def image(self, task: str) -> str:
        """The image of one task; the tag is the same for all tasks of a release."""
        return f"{self.image_prefix}{task}:{self.image_tag}"

    def required(self, name: str) -> str:
        """A setting that only one engine needs, asked for when that engine is used."""
        value = self.environment.get(name, "")
        if not value:
            raise ValueError(f"{name} is not set: PIPELINE_ENGINE={self.engine} needs it")
        return value


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Fails at parse time, and so as an import error in the UI, when the engine is none of ours."""
    engine = environment.get("PIPELINE_ENGINE") or "docker"
    if engine not in ENGINES:
        raise ValueError(f"PIPELINE_ENGINE is {engine!r}: expected one of {', '.join(ENGINES)}")
    return Settings(
        engine=engine,
        deployment=environment.get("PIPELINE_DEPLOYMENT") or "text-corpus",
        bucket=environment.get("PIPELINE_BUCKET") or "corpus",
        # Set but empty: no schedule, only manual runs and backfills by hand.
        schedule=environment.get("PIPELINE_SCHEDULE", "0 2 * * *") or None,
        retry_seconds=int(environment.get("PIPELINE_RETRY_SECONDS") or 20),
        image_prefix=environment.get("PIPELINE_IMAGE_PREFIX") or "text-corpus/",
        image_tag=environment.get("PIPELINE_IMAGE_TAG") or "local",
        log_level=environment.get("PIPELINE_LOG_LEVEL") or "info",
        # Not OPENLINEAGE_URL itself: Airflow's own provider would take that for its address too.
        open_lineage={
            name: environment[f"PIPELINE_{name}"]
            for name in ("OPENLINEAGE_URL", "OPENLINEAGE_NAMESPACE")
            if environment.get(f"PIPELINE_{name}")
        },
        environment=environment,
    )
