"""The DAG as Airflow sees it: it imports, keeps house policy, and has the shape that ends every failure red."""

import ast

import pytest
from airflow.sdk.exceptions import AirflowFailException

from world import REPOSITORY

CONTAINER_TASKS = ["ingest", "batch.clean-chunk", "batch.validate", "batch.load", "lineage"]


def test_every_file_in_dags_imports_and_makes_one_dag(text_corpus):
    assert text_corpus.dag_id == "text_corpus"


def test_the_dag_file_is_at_most_80_lines_of_code_and_names_no_engine():
    source = (REPOSITORY / "dags/text_corpus.py").read_text()
    docstring = ast.parse(source).body[0]
    body = source.splitlines()[docstring.end_lineno :]
    code = [line for line in body if line.strip() and not line.strip().startswith("#")]
    assert len(code) <= 80
    assert not any(engine in "\n".join(code).lower() for engine in ("docker", "ecs", "kubernetes"))


def test_no_dag_file_imports_another():
    for path in (REPOSITORY / "dags").glob("*.py"):
        imported = {
            name
            for node in ast.walk(ast.parse(path.read_text()))
            for name in ([node.module] if isinstance(node, ast.ImportFrom) else [a.name for a in getattr(node, "names", [])])
        }
        assert not imported & {other.stem for other in path.parent.glob("*.py")}


def test_parsing_needs_no_connection_and_no_variable(text_corpus, monkeypatch):
    from airflow.dag_processing.dagbag import DagBag

    for name in ("AIRFLOW_CONN_PIPELINE_STORE", "AIRFLOW_CONN_PIPELINE_DB"):
        monkeypatch.delenv(name)
    assert DagBag(dag_folder=str(REPOSITORY / "dags")).import_errors == {}


def test_two_parses_serialise_to_the_same_dag_version(text_corpus):
    from airflow.dag_processing.dagbag import DagBag
    from airflow.serialization.serialized_objects import DagSerialization

    again = DagBag(dag_folder=str(REPOSITORY / "dags")).dags["text_corpus"]
    assert DagSerialization.to_dict(again) == DagSerialization.to_dict(text_corpus)


def test_policy(text_corpus):
    assert text_corpus.catchup is False
    assert text_corpus.max_active_runs == 4
    assert text_corpus.doc_md and "exit code" in text_corpus.doc_md
    assert text_corpus.tags
    for task in text_corpus.tasks:
        assert task.owner != "airflow", task.task_id
        assert task.retries >= 1, task.task_id
    for task_id in CONTAINER_TASKS:
        task = text_corpus.get_task(task_id)
        assert task.execution_timeout, task_id
        assert task.spec.deadline_seconds < task.execution_timeout.total_seconds(), task_id
        assert task.auto_remove == "force" and task.mount_tmp_dir is False and not task.privileged and not task.cap_add, task_id
        assert ":" in task.image and not task.image.endswith(":latest"), task_id


def test_the_container_tasks_are_exactly_the_folders_in_tasks(text_corpus):
    from pipeline.spec import TASKS

    folders = {path.name for path in (REPOSITORY / "tasks").iterdir() if (path / "package.json").exists()}
    assert folders == set(TASKS) == {task_id.rpartition(".")[2] for task_id in CONTAINER_TASKS}


def test_the_edges(text_corpus):
    edges = {task.task_id: sorted(task.downstream_task_ids) for task in text_corpus.tasks}
    assert edges == {
        "ingest": ["plan_batches"],
        "plan_batches": ["batch.clean-chunk", "batch.load", "batch.validate"],
        "batch.clean-chunk": ["batch.validate"],
        "batch.validate": ["batch.load"],
        "batch.load": ["lineage", "publish"],
        "publish": ["lineage"],
        "lineage": ["outcome"],
        "outcome": [],
    }


def test_too_many_batches_are_refused_with_what_to_change(text_corpus, monkeypatch):
    plan = text_corpus.get_task("plan_batches").python_callable
    monkeypatch.setitem(plan.__globals__, "read_manifest", lambda uri: {"batches": [{"id": "x", "documents": 64}] * 1001})
    with pytest.raises(AirflowFailException, match=r"1001 batches.*batch_documents of at least 128"):
        plan({"manifest": "s3://corpus/x"})


def test_lineage_and_outcome_are_teardowns_and_only_outcome_decides_the_run(text_corpus):
    lineage, outcome = text_corpus.get_task("lineage"), text_corpus.get_task("outcome")
    assert lineage.is_teardown and not lineage.on_failure_fail_dagrun
    assert outcome.is_teardown and outcome.on_failure_fail_dagrun
    assert text_corpus.get_task("publish").trigger_rule == "none_failed_min_one_success"
    assert text_corpus.get_task("batch.load").pool == "postgres_load"
