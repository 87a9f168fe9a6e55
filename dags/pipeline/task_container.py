"""A task's name to the Airflow operator that runs it in a container: one contract, whatever engine carries it."""

from importlib import import_module
from typing import Any

from airflow.sdk import BaseOperator, Context

from pipeline.connections import lineage_environment
from pipeline.exit_codes import exception_of
from pipeline.manifests import read_own_manifest, summary_of
from pipeline.runs import partition_of, run_id_of, run_prefix_of
from pipeline.settings import Settings, read_settings
from pipeline.spec import TASKS, TaskSpec


def task_container(name: str, *, batch: Any = "", **kwargs: Any) -> BaseOperator:
    """The operator for one of the pipeline's tasks; `batch` is a batch id, or the argument of a mapped task group."""
    spec, settings = TASKS[name], read_settings()
    engine = import_module(f"pipeline.engines.{settings.engine}")
    own = {"batch": batch, "task_id": name, "execution_timeout": spec.timeout}
    if batch:
        own["map_index_template"] = "{{ task.batch }}"  # the UI names a batch's tasks by its id, not by a number
    return engine.build(spec, settings, **{**own, **kwargs})


class TaskContainer:
    """
    What the operators of all engines do alike. To be named before the engine's own operator among the bases.

    An engine's class gives `set_call` and `exit_code`, and lists `contract_fields` among its template fields.
    """

    # Rendered, so that a mapped group's argument becomes this instance's batch, and shown in the UI.
    contract_fields = ("batch", "manifest_uri")

    def set_contract(self, spec: TaskSpec, settings: Settings, batch: Any) -> None:
        """For the engine's constructor."""
        self.spec, self.settings, self.batch, self.manifest_uri = spec, settings, batch, ""

    def set_call(self, arguments: list[str], environment: dict[str, str]) -> None:
        """Hands the command line and the environment to the engine's operator; nothing in them is secret."""
        raise NotImplementedError

    def exit_code(self) -> int | None:
        """How the container ended; None when none has, so that what went wrong is the engine's."""
        raise NotImplementedError

    def render_template_fields(self, context: Context, jinja_env: Any = None) -> None:
        """Works out the call. Not by templates: what a person typed into the form must never be read as one."""
        super().render_template_fields(context, jinja_env)
        ti = context["ti"]
        run_id = run_id_of(ti.dag_id, context["run_id"])
        params = {**context["params"], "partition": partition_of(context)}
        source = params.get("source") or self.settings.landing_zone
        places = {"source": source, "run": run_prefix_of(self.settings.bucket, run_id), "batch": self.batch}
        self.manifest_uri = self.spec.manifest_uri(places)
        self.set_call(self.spec.arguments(places, params), self._environment_of(ti, run_id, context["run_id"]))

    def execute(self, context: Context) -> dict[str, Any]:
        """Runs the container, turns its exit code into a decision, and after success returns the counts of its manifest."""
        try:
            super().execute(context)
        except Exception as failure:
            code = self.exit_code()
            if code is None:
                raise
            raise (exception_of(self.spec.name, code) or failure) from failure
        ti = context["ti"]
        run_id = run_id_of(ti.dag_id, context["run_id"])
        manifest = read_own_manifest(self.manifest_uri, task=self.spec.name, run_id=run_id, batch=self.batch)
        return summary_of(self.manifest_uri, manifest)

    def identity_of(self, context: Context) -> dict[str, str]:
        """Which task instance a container belongs to, whatever the attempt: equal for its retries, different for its siblings."""
        ti = context["ti"]
        return {**self.run_identity_of(context), "pipeline.task": ti.task_id, "pipeline.map": str(ti.map_index)}

    def run_identity_of(self, context: Context) -> dict[str, str]:
        """Which run a container belongs to. The deployment tells apart two Airflows that share an engine."""
        deployment = self.settings.deployment
        return {"pipeline.deployment": deployment, "pipeline.dag": context["ti"].dag_id, "pipeline.run": context["run_id"]}

    def _environment_of(self, ti: Any, run_id: str, airflow_run_id: str) -> dict[str, str]:
        return {
            "PIPELINE_RUN_ID": run_id,
            "PIPELINE_DAG_ID": ti.dag_id,
            "PIPELINE_DAG_RUN_ID": airflow_run_id,
            "PIPELINE_TASK_ID": ti.task_id,
            "PIPELINE_ATTEMPT": str(ti.try_number),
            "PIPELINE_MAP_INDEX": str(ti.map_index),
            "PIPELINE_DEADLINE_SECONDS": str(self.spec.deadline_seconds),
            "PIPELINE_LOG_LEVEL": self.settings.log_level,
            **self.settings.open_lineage,
            **lineage_environment(ti),
        }
