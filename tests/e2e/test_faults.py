"""What goes wrong in real life, done to a running stack: the run ends red or green as it should, and nothing is left running."""

import pytest

from conftest import SAMPLE, books
from surroundings import PATIENCE, run, until


@pytest.fixture(scope="module")
def bulk(stack):
    """A source whose steps take some seconds, to have time to do something to them."""
    novel = b"\n\n".join(path.read_bytes() for path in sorted((SAMPLE / "prose/moby-dick").glob("*.txt")))
    for copy in range(3):
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
        until(lambda: done(stack, run_id, "batch.validate"), PATIENCE, "validated: every batch")
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
    stack.away("s3", seconds=20)
    assert stack.ended(run_id) == "success"
    assert max(stack.tries(run_id, "batch.clean-chunk[0]"), stack.tries(run_id, "batch.validate[0]")) > 1


def attempts(stack, run_id, task):
    sql = (
        "select a.status, a.error_code from lineage_attempt a join lineage l on l.id = a.lineage_id "
        "where l.orchestrator ->> 'dagRunId' = %s and l.task = %s order by a.attempt"
    )
    return stack.rows(sql, run_id, task)


def goes_on(stack, run_id, what, before=0):
    """Waits for the end of a run that was disturbed: green, never two containers of one task instance, none left.

    `before`: how many there were right before; a quick one may have ended while its service was started again.
    """
    most = before

    def over():
        nonlocal most
        most = max(most, len(stack.task_containers(run=run_id, task="batch.clean-chunk")))
        answer = stack.request("GET", stack.run_path(run_id))
        return answer.ok and answer.json()["state"] in ("success", "failed")

    until(over, PATIENCE, f"ended: the run after {what}")
    assert most == 1
    assert stack.ended(run_id) == "success"
    assert stack.task_containers(all_states=True, run=run_id) == []


def hanging(stack, bulk, dataset):
    """A run whose clean-chunk has begun and, paused, will not end by itself."""
    run_id = stack.trigger(source=bulk, dataset=dataset, force=True, batch_documents=1000)
    container = stack.wait_for_container(run_id, "batch.clean-chunk")["Id"]
    until(lambda: "started" in run("docker", "logs", container), PATIENCE, "begun: clean-chunk's program")
    run("docker", "pause", container)
    return run_id


def test_a_killed_scheduler_goes_on_after_its_restart_and_never_runs_a_task_twice_at_once(stack, bulk):
    run_id = hanging(stack, bulk, "killed")
    stack.kill("scheduler")
    goes_on(stack, run_id, "its scheduler was killed")
    statuses = [status for status, _ in attempts(stack, run_id, "clean-chunk")]
    assert statuses[-1] == "ok" and len(statuses) > 1


@pytest.fixture(scope="module")
def stopped(stack, bulk):
    """Two runs whose hanging container is to be stopped by a person: one by its task, one by its run."""
    runs = {what: hanging(stack, bulk, f"stopped-{what}") for what in ("task", "run")}
    stack.api("PATCH", f"{stack.run_path(runs['task'])}/taskInstances/batch.clean-chunk/0", {"new_state": "failed"})
    stack.api("PATCH", stack.run_path(runs["run"]), {"state": "failed"})
    return runs


@pytest.mark.parametrize("what", ["task", "run"])
def test_marking_as_failed_ends_the_container_and_the_run_red(stack, stopped, what):
    run_id = stopped[what]
    until(lambda: not stack.task_containers(all_states=True, run=run_id, task="batch.clean-chunk"), PATIENCE, "gone: the container")
    until(lambda: stack.tasks(run_id)["outcome"] == "failed", PATIENCE, "failed: outcome")
    assert stack.ended(run_id) == "failed"
    # It says how it ended itself, unless the machine is too busy to let it do that before the engine's patience ends.
    assert attempts(stack, run_id, "clean-chunk") in ([("failed", "stopped")], [("lost", None)])
    assert stack.task_containers(all_states=True, run=run_id) == []


# Ends the processes of that name, and prints how many there were.
KILL = """
import os, signal, sys
from pathlib import Path
def command(pid):
    try: return (Path("/proc") / pid / "cmdline").read_bytes().replace(b"\\0", b" ").decode().strip()
    except OSError: return ""
found = [int(pid) for pid in os.listdir("/proc") if pid.isdigit() and command(pid) == sys.argv[1]]
for pid in found: os.kill(pid, signal.SIGKILL)
print(len(found))
"""


# What follows is more of the same, and takes minutes: `make e2e` does it, the quick round does not.


@pytest.mark.long
@pytest.mark.parametrize("service", ["api-server", "docker-proxy", "dag-processor"])
def test_a_killed_service_costs_no_run(stack, bulk, service):
    run_id = stack.trigger(source=bulk, dataset=f"without-{service}", force=True, batch_documents=1000)
    stack.wait_for_container(run_id, "batch.clean-chunk")
    before = len(stack.task_containers(run=run_id, task="batch.clean-chunk"))
    stack.kill(service)
    goes_on(stack, run_id, f"{service} was killed", before)


@pytest.mark.long
def test_a_database_that_is_away_for_20_seconds_costs_no_run(stack, bulk):
    run_id = stack.trigger(source=bulk, dataset="no-database", force=True, batch_documents=1000)
    stack.wait_for_container(run_id, "batch.clean-chunk")
    before = len(stack.task_containers(run=run_id, task="batch.clean-chunk"))
    stack.away("postgres", seconds=20)
    goes_on(stack, run_id, "the database was away", before)


@pytest.mark.long
@pytest.mark.parametrize("process", ["task runner", "worker"])
def test_a_killed_process_of_airflow_s_is_tried_again_one_container_at_a_time(stack, bulk, process):
    run_id = hanging(stack, bulk, f"killed-{process.replace(' ', '-')}")
    instance = stack.api("GET", f"{stack.run_path(run_id)}/taskInstances/batch.clean-chunk/0")["id"]
    command = f"airflow worker -- {'LocalExecutor: ' if process == 'worker' else ''}{instance}"
    assert stack.compose("exec", "-T", "scheduler", "python", "-c", KILL, command).strip() == "1"
    goes_on(stack, run_id, f"its {process} was killed")
    assert stack.tries(run_id, "batch.clean-chunk[0]") > 1


@pytest.mark.long
def test_a_backfill_and_a_run_by_hand_of_the_same_day_leave_every_document_once(stack):
    for name, body in books(6, skip=20):
        stack.put(f"raw/2026-09-01/{name}", body)
    by_hand = stack.trigger(partition="2026-09-01", dataset="crossed", force=True)
    runs = stack.backfill("2026-09-01", "2026-09-01", dataset="crossed")
    assert [run["state"] for run in runs] == ["success"]
    assert stack.ended(by_hand) == "success"
    assert stack.rows("select count(*), count(distinct path) from document where dataset = 'crossed'") == [(6, 6)]
