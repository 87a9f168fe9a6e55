"""
### text_corpus: raw text files in; clean, scored, traceable chunks in PostgreSQL out

- **Daily schedule**, 02:00 UTC: reads the day that has ended, `raw/<yesterday>/`.
- **Backfill** of 18 to 20: reads `raw/<18>/`, `raw/<19>/` and `raw/<20>/`.
- **Manual run**: reads the form's source, or one day of it if *Partition* is given.

Every step can be repeated at any time: same input, same recipe, same rows. When in doubt, **clear the failed task with downstream**.

### What a red task means: the last line of its log names the exit code

- **78, invalid-config**: the call, the recipe, a right or a bucket is wrong, and the message names it. Correct that, then clear the task.
- **65, invalid-data**: a manifest or a part is not what its writer wrote, or a batch lost more records than the recipe's limits allow
  (`removal_limit`: look at the drop reasons in the report). A retry alone meets the same data.
- **75, try-again**, after 3 retries: S3 or the database could not be reached for minutes. See that they can, then clear the task.
- **137**: out of memory. Lower *max_document_bytes* in the recipe, or give the task a larger size in `pipeline/spec.py`.
- **plan_batches**: more than 1,000 batches. Trigger again with more *Documents per batch*, as its message says.
- **lineage**, "the run is not complete": some step has not ended well. It has recorded what became of each batch; look at that step.
- **outcome**: red only because another task is; its message lists them.

Everything skipped, run green: **99, nothing-to-do**. The source holds no file for that day. Ask whoever delivers the files.

A failed batch fails alone: the others are loaded, `lineage` records what became of each, and the run is red.
The report of a run is `report.html` beside the `manifest` that `ingest` returned (its XCom).
"""

from datetime import datetime, timedelta
from typing import Any

from airflow.sdk import Asset, CronDataIntervalTimetable, dag, task, task_group
from airflow.sdk.exceptions import AirflowFailException

from pipeline.manifests import read_manifest, total_of
from pipeline.params import params_of
from pipeline.settings import read_settings
from pipeline.task_container import task_container

SETTINGS = read_settings()
# Airflow maps over at most 1,024; ours is lower, and says what to do.
MOST_BATCHES = 1_000
CORPUS = Asset(name="corpus_chunks", uri="x-pipeline://corpus/chunks")


@task
def plan_batches(ingested: dict[str, Any]) -> list[str]:
    """The ids of the run's batches."""
    batches = read_manifest(ingested["manifest"])["batches"]
    if len(batches) > MOST_BATCHES:
        documents = sum(batch["documents"] for batch in batches)
        advice = f"trigger again with batch_documents of at least {2 * documents // MOST_BATCHES}"
        raise AirflowFailException(f"{len(batches)} batches, at most {MOST_BATCHES} fit into one run: {advice}")
    return [batch["id"] for batch in batches]


@task_group
def batch(batch_id: str) -> None:
    """One batch, from raw bytes to rows; does not wait for the others."""
    clean = task_container("clean-chunk", batch=batch_id)
    clean >> task_container("validate", batch=batch_id) >> task_container("load", batch=batch_id, pool="postgres_load")


@task(outlets=[CORPUS], trigger_rule="none_failed_min_one_success")
def publish(*, ti: Any, outlet_events: Any) -> dict[str, int]:
    """Tells those who wait for the corpus what was loaded."""
    loaded = [summary for summary in ti.xcom_pull(task_ids=["batch.load"], map_indexes=None) if summary]
    outlet_events[CORPUS].extra = {"batches": len(loaded), **total_of(loaded)}
    return outlet_events[CORPUS].extra


@task
def outcome(*, ti: Any, run_id: str) -> None:
    """Fails the run when any task failed: teardowns alone would leave it green."""
    states = ti.get_task_states(dag_id=ti.dag_id, run_ids=[run_id])[run_id]
    if failed := sorted(name for name, state in states.items() if state in ("failed", "upstream_failed")):
        raise AirflowFailException(f"failed: {', '.join(failed)}")


@dag(
    schedule=CronDataIntervalTimetable(SETTINGS.schedule, timezone="UTC") if SETTINGS.schedule else None,
    start_date=datetime(2026, 1, 1),
    catchup=False,
    max_active_runs=4,
    params=params_of(SETTINGS),
    default_args={
        "owner": "data-platform",
        "weight_rule": "upstream",  # a batch that has begun goes on before the next one begins
        "retries": 3,
        "retry_delay": timedelta(seconds=SETTINGS.retry_seconds),
        "retry_exponential_backoff": True,
        "max_retry_delay": timedelta(minutes=10),
    },
    doc_md=__doc__,
    tags=["corpus", "containers"],
)
def text_corpus() -> None:
    """Edges only; what an operator needs to know is this module's docstring."""
    ingested = task_container("ingest")
    batches = batch.expand(batch_id=plan_batches(ingested.output))
    published, lineage = publish(), task_container("lineage")
    batches >> published >> lineage
    batches >> lineage  # a failed branch settles publish while other branches still run
    lineage.as_teardown()
    lineage >> outcome().as_teardown(on_failure_fail_dagrun=True)


text_corpus()
