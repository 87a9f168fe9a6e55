"""What goes wrong in real life, done to a running stack: the run ends red or green as it should, and nothing is left running."""

import time

import pytest

from conftest import SAMPLE, books
from stack import run, until


@pytest.fixture(scope="module")
def bulk(stack):
    """A source whose steps take some seconds, to have time to do something to them."""
    novel = b"\n\n".join(path.read_bytes() for path in sorted((SAMPLE / "prose/moby-dick").glob("*.txt")))
    for copy in range(10):
        stack.put(f"bulk/{copy}.txt", f"Copy number {copy}.\n\n".encode() + novel)
    return f"s3://{stack.bucket}/bulk/"


def statuses(stack, run_id):
    sql = "select task, batch_id, status, error_code from lineage where orchestrator ->> 'dagRunId' = %s"
    return {(task, batch): (status, error) for task, batch, status, error in stack.rows(sql, run_id)}


def test_a_poisoned_batch_fails_alone_and_is_healed_by_the_next_run(stack):
    for name, body in books(8, skip=60):
        stack.put(f"poisoned/{name}", body)
    conf = {"source": f"s3://{stack.bucket}/poisoned/", "dataset": "poisoned", "batch_documents": 2}
    with stack.held():
        run_id = stack.trigger(**conf)
        stack.wait_for_task(run_id, "plan_batches", "success")
        until(lambda: done(stack, run_id, "batch.validate"), 180, "validated: every batch")
        prefix = f"runs/{stack.pipeline_run(run_id)}/validate/"
        manifests = stack.keys(prefix)
        victim = stack.json_at(manifests[0])
        part = next(part for part in victim["parts"] if part["name"] == "accepted")["uri"].partition(f"{stack.bucket}/")[2]
        stack.put(part, b"not what was written")
    assert stack.ended(run_id) == "failed"
    loads = [state for task, state in stack.tasks(run_id).items() if task.startswith("batch.load")]
    assert sorted(loads) == ["failed"] + ["success"] * (len(manifests) - 1)
    assert len(manifests) > 1
    assert stack.tasks(run_id)["lineage"] == "failed"  # after writing down what became of each batch: the run does not add up
    assert statuses(stack, run_id)["load", victim["batchId"]] == ("failed", "bad_part")

    again = stack.trigger(**conf)
    assert stack.ended(again) == "success"
    assert stack.rows("select count(*) from document where dataset = 'poisoned' and accepted_chunks > 0") == [(8,)]


def done(stack, run_id, task):
    states = [state for name, state in stack.tasks(run_id).items() if name.startswith(task)]
    return len(states) > 1 and set(states) == {"success"}


def test_an_object_store_that_is_away_for_20_seconds_costs_a_retry(stack, bulk):
    run_id = stack.trigger(source=bulk, dataset="away", force=True, batch_documents=1000)
    stack.wait_for_container(run_id, "batch.clean-chunk")
    stack.compose("stop", "--timeout", "1", "s3")
    time.sleep(20)
    stack.compose("start", "s3")
    assert stack.ended(run_id) == "success"
    assert max(stack.tries(run_id, "batch.clean-chunk[0]"), stack.tries(run_id, "batch.validate[0]")) > 1


def test_a_killed_scheduler_goes_on_after_its_restart_and_never_runs_a_task_twice_at_once(stack, bulk):
    run_id = stack.trigger(source=bulk, dataset="killed", force=True, batch_documents=1000)
    stack.wait_for_container(run_id, "batch.clean-chunk")
    run("docker", "kill", "--signal", "KILL", "text-corpus-e2e-scheduler-1")
    stack.compose("start", "scheduler")
    most = 0

    def over():
        nonlocal most
        most = max(most, len(stack.task_containers(run=run_id, task="batch.clean-chunk")))
        return stack.api("GET", stack.run_path(run_id))["state"] in ("success", "failed")

    until(over, 300, "ended: the run of the killed scheduler")
    assert most == 1
    assert stack.ended(run_id) == "success"
    assert stack.task_containers(all_states=True, run=run_id) == []
    attempts = stack.rows(
        "select a.status from lineage_attempt a join lineage l on l.id = a.lineage_id "
        "where l.orchestrator ->> 'dagRunId' = %s and l.task = 'clean-chunk' order by a.attempt",
        run_id,
    )
    assert [status for (status,) in attempts][-1] == "ok" and len(attempts) > 1


@pytest.mark.parametrize("what", ["task", "run"])
def test_marking_as_failed_ends_the_container_and_the_run_red(stack, bulk, what):
    run_id = stack.trigger(source=bulk, dataset=f"stopped-{what}", force=True, batch_documents=1000)
    stack.wait_for_container(run_id, "batch.clean-chunk")
    if what == "task":
        stack.api("PATCH", f"{stack.run_path(run_id)}/taskInstances/batch.clean-chunk/0", {"new_state": "failed"})
    else:
        stack.api("PATCH", stack.run_path(run_id), {"state": "failed"})
    until(lambda: not stack.task_containers(all_states=True, run=run_id, task="batch.clean-chunk"), 30, "gone: the container")
    until(lambda: stack.tasks(run_id)["outcome"] == "failed", 120, "failed: outcome")
    assert stack.ended(run_id) == "failed"
    assert [status for (task, _), status in statuses(stack, run_id).items() if task == "clean-chunk"] == [("failed", "stopped")]
    assert stack.task_containers(all_states=True, run=run_id) == []
