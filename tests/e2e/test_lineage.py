"""OpenLineage from both sides: what the containers sent and what Airflow wrote of the same tasks are one story."""

import json

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry

from conftest import books
from surroundings import DAG, PROJECT, REPOSITORY, run, until

SCHEMAS = REPOSITORY / "tests/golden/openlineage"


@pytest.fixture(scope="module")
def told(stack):
    """A run of two batches or more: the events that the server got from it, those in the store, and Airflow's own."""
    for name, body in books(6, skip=80):
        stack.put(f"told/{name}", body)
    run_id = stack.trigger(source=f"s3://{stack.bucket}/told/", dataset="told", batch_documents=2)
    assert stack.ended(run_id) == "success"
    key = f"runs/{stack.pipeline_run(run_id)}/openlineage/events.jsonl"
    stored = [json.loads(line) for line in stack.s3.get_object(Bucket=stack.bucket, Key=key)["Body"].read().splitlines()]
    roots = {event["run"]["facets"]["parent"]["root"]["run"]["runId"] for event in stored}
    assert len(roots) == 1

    def of_run(lines):
        events = [json.loads(line) for line in lines.splitlines() if line.startswith("{")]
        return [event for event in events if {event["run"]["runId"], root_of(event)} & roots]

    sent = of_run(run("docker", "logs", f"{PROJECT}-lineage-server-1"))
    # Airflow tells of the run's end some moments after it has ended.
    read = lambda: of_run(stack.compose("exec", "-T", "scheduler", "cat", "/opt/airflow/logs/openlineage.jsonl"))  # noqa: E731
    until(lambda: any(event["job"]["name"] == DAG and event["eventType"] == "COMPLETE" for event in read()), 120, "told: the end")
    return sent, stored, read()


def root_of(event):
    parent = event["run"]["facets"].get("parent", {})
    return parent.get("root", parent).get("run", {}).get("runId")


def test_the_server_got_every_event_that_lies_in_the_store(told):
    sent, stored, _ = told
    assert len(sent) >= 2 * (2 + 2 * 3)
    text = lambda events: sorted(json.dumps(event, sort_keys=True) for event in events)  # noqa: E731
    assert text(sent) == text(stored)
    assert {event["eventType"] for event in stored} == {"START", "COMPLETE"}


def test_events_hold_to_the_published_schemas(told):
    _, stored, _ = told
    contents = {path.name: json.loads(path.read_text()) for path in SCHEMAS.glob("*.json")}
    registry = Registry().with_contents([(schema["$id"], schema) for schema in contents.values()])
    schemas = {name: Draft202012Validator(schema, registry=registry) for name, schema in contents.items()}
    for event in stored:
        schemas["OpenLineage.json"].validate(event)
        groups = [event["run"]["facets"], event["job"]["facets"]]
        groups += [d.get(kind, {}) for d in event["inputs"] + event["outputs"] for kind in ("inputFacets", "outputFacets")]
        for name, schema in schemas.items():
            if name != "OpenLineage.json":
                for group in groups:
                    schema.validate(group)


def test_each_container_s_parent_is_airflow_s_own_run_of_its_task(told):
    _, stored, airflow = told
    ours = {(e["job"]["name"], e["run"]["runId"]): e["run"]["facets"]["parent"] for e in stored if e["eventType"] == "COMPLETE"}
    parents = [(p["job"]["namespace"], p["job"]["name"], p["run"]["runId"]) for p in ours.values()]
    started = {(e["job"]["namespace"], e["job"]["name"], e["run"]["runId"]) for e in airflow if e["eventType"] == "START"}
    containers = {job for job in started if job[1].rpartition(".")[2] in {name for name, _ in ours}}
    assert sorted(parents) == sorted(containers)  # every container task once, and nothing that Airflow does not know
    assert len(containers) >= 2 + 2 * 3
    assert all(namespace == PROJECT for namespace, _, _ in parents)
    dag_runs = {e["run"]["runId"] for e in airflow if e["job"]["name"] == DAG}
    assert {parent["root"]["run"]["runId"] for parent in ours.values()} == dag_runs
