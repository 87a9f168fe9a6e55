"""Every way to fail ends red and every way to succeed ends green: whole runs of the real DAG on a fake engine."""

import pytest
from airflow.models.dagrun import DagRun

from fake_engine import BATCHES

FIRST, SECOND = BATCHES


@pytest.fixture
def run(text_corpus, metadata_db, engine):
    """Runs the DAG once, without retries, and returns the run's state and its tasks'."""

    def start(**conf):
        for task in text_corpus.tasks:
            task.retries = 0
        dag_run: DagRun = text_corpus.test(run_conf=conf)
        states = {}
        for ti in dag_run.get_task_instances():
            name = ti.task_id if ti.map_index < 0 else f"{ti.task_id}[{ti.map_index}]"
            states[name] = str(ti.state)
        return str(dag_run.state), states

    return start


def test_all_well_is_green_and_every_batch_is_loaded(run, engine):
    state, tasks = run()
    assert state == "success"
    assert set(tasks.values()) == {"success"}
    assert {"batch.load[0]", "batch.load[1]", "lineage", "outcome"} <= tasks.keys()
    assert len(engine.created) == 1 + 2 * 3 + 1


def test_nothing_to_do_is_green_and_skipped_and_lineage_still_runs(run, engine):
    engine.exits["ingest"] = 99
    state, tasks = run()
    assert state == "success"
    assert tasks["ingest"] == tasks["plan_batches"] == tasks["publish"] == "skipped"
    assert tasks["lineage"] == "success"


def test_one_skipped_branch_is_green_and_the_rest_is_published(run, engine):
    engine.exits[f"clean-chunk/{FIRST}"] = 99
    state, tasks = run()
    assert state == "success"
    assert (tasks["batch.load[0]"], tasks["batch.load[1]"], tasks["publish"]) == ("skipped", "success", "success")


@pytest.mark.parametrize("task", ["clean-chunk", "validate", "load"])
def test_a_failed_branch_is_red_and_the_others_are_loaded_and_lineage_runs(run, engine, task):
    engine.exits[f"{task}/{FIRST}"] = 65
    state, tasks = run()
    assert state == "failed"
    assert tasks[f"batch.{task}[0]"] == "failed"
    assert tasks["batch.load[1]"] == "success"
    assert (tasks["publish"], tasks["lineage"], tasks["outcome"]) == ("upstream_failed", "success", "failed")


@pytest.mark.parametrize("task", ["ingest", "lineage"])
@pytest.mark.parametrize("code", [65, 75])
def test_a_failed_single_task_is_red_whatever_its_exit_code(run, engine, task, code):
    engine.exits[task] = code
    state, tasks = run()
    assert (state, tasks[task], tasks["outcome"]) == ("failed", "failed", "failed")


def test_a_manifest_whose_sums_lose_a_record_is_red(run, engine):
    engine.broken.add("validate")
    state, tasks = run()
    assert (state, tasks["batch.validate[0]"], tasks["lineage"]) == ("failed", "failed", "success")


def test_more_than_1000_batches_are_refused(run, engine):
    engine.batches = tuple(f"{n:016x}" for n in range(1001))
    state, tasks = run()
    assert (state, tasks["plan_batches"]) == ("failed", "failed")


def test_a_source_without_any_batch_is_green(run, engine):
    engine.batches = ()
    state, tasks = run()
    assert state == "success"
    assert tasks["lineage"] == "success"
