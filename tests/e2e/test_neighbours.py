"""A second person's DAGs beside ours in the same Airflow, on the same engine: neither knows nor disturbs the other."""

import pytest

from surroundings import DAG, run, until

OTHER = "other_team"


@pytest.fixture
def neighbour(stack):
    """A container of the other team, in a run that has the same id as one of ours; ends with the test."""
    until(lambda: stack.request("GET", f"/dags/{OTHER}").ok, 600, "seen: the other team's DAG")
    stack.api("PATCH", f"/dags/{OTHER}", {"is_paused": False})
    run_id = stack.trigger_dag(OTHER, dag_run_id="one-name")
    yield until(lambda: stack.task_containers(dag=OTHER), 600, "started: the other team's container")[0]["Id"]
    stack.api("PATCH", stack.run_path(run_id, OTHER), {"state": "failed"})
    until(lambda: not stack.task_containers(all_states=True, dag=OTHER), 120, "gone: the other team's container")


def test_our_run_leaves_their_container_alone_and_its_own_are_gone(stack, neighbour):
    run_id = stack.trigger_dag(DAG, dag_run_id="one-name", conf={"source": f"s3://{stack.bucket}/raw/", "dataset": "neighbours"})
    stack.wait_for_container(run_id, "ingest")
    stack.api("PATCH", f"{stack.run_path(run_id)}/taskInstances/ingest", {"new_state": "failed"})
    assert stack.ended(run_id) == "failed"  # lineage has run, and swept what the run left behind
    assert stack.task_containers(all_states=True, dag=DAG, run=run_id) == []
    assert [container["Id"] for container in stack.task_containers(dag=OTHER)] == [neighbour]


def test_a_dag_that_cannot_be_imported_is_its_own_bundle_s_trouble(stack):
    errors = until(lambda: stack.api("GET", "/importErrors")["import_errors"], 600, "seen: the broken DAG")
    assert [(error["bundle_name"], error["filename"]) for error in errors] == [("neighbour", "broken.py")]
    bundles = {dag["dag_id"]: dag["bundle_name"] for dag in stack.api("GET", "/dags")["dags"]}
    assert bundles == {DAG: "dags-folder", OTHER: "neighbour", "short_timeout": "neighbour"}


def test_a_container_that_outlasts_its_timeout_is_gone_and_its_task_red(stack):
    dag = "short_timeout"
    until(lambda: stack.request("GET", f"/dags/{dag}").ok, 600, f"seen: {dag}")
    stack.api("PATCH", f"/dags/{dag}", {"is_paused": False})
    run_id = stack.trigger_dag(dag)
    container = until(lambda: stack.task_containers(dag=dag), 600, "started: its container")[0]
    run("docker", "pause", container["Id"])
    assert stack.ended(run_id, dag=dag) == "failed"
    assert stack.task_containers(all_states=True, dag=dag) == []
    assert "AirflowTaskTimeout" in stack.logs(run_id, "ingest", 1, dag=dag)
