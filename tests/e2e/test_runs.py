"""The three ways to start a run, on the real stack: by the clock, for past days, by hand."""

from conftest import books
from surroundings import DAG, until

LOADED = """
  select d.path, d.raw_sha256, d.verdict, c.ordinal, c.text, c.token_count, c.quality_score
  from document d left join chunk c on c.document_id = d.id where d.dataset = %s order by d.path, c.ordinal
"""


def test_a_scheduled_run_reads_the_day_that_has_ended_and_is_green(stack, yesterday):
    query = f"/dags/{DAG}/dagRuns?run_type=scheduled"
    scheduled = until(lambda: stack.api("GET", query)["dag_runs"], 60, "started: the scheduled run")
    assert [run["data_interval_start"][:10] for run in scheduled] == [yesterday]
    assert stack.ended(scheduled[0]["dag_run_id"]) == "success"
    assert len(stack.rows("select from document where dataset = 'corpus' and path like %s", f"{yesterday}/%")) == 5
    assert stack.rows("select from chunk where dataset = 'corpus'")


def test_a_backfill_loads_each_day_once_however_often_and_in_whatever_order(stack):
    days = ["2026-10-18", "2026-10-19", "2026-10-20"]
    for n, day in enumerate(days):
        for name, body in books(4, skip=10 + 4 * n):
            stack.put(f"raw/{day}/{name}", body)
    runs = stack.backfill(days[0], days[-1], dataset="backfilled")
    assert [(run["data_interval_start"][:10], run["state"]) for run in runs] == [(day, "success") for day in days]
    first = stack.rows(LOADED, "backfilled")
    assert len({row[0] for row in first}) == 12

    written = "select max(updated_at) from chunk where dataset = 'backfilled'"
    before = stack.rows(written)
    again = stack.backfill(days[0], days[-1], again=True, dataset="backfilled")
    assert [run["state"] for run in again] == ["success"] * 3
    assert (stack.rows(LOADED, "backfilled"), stack.rows(written)) == (first, before)

    # What as many runs by hand would have given, the last day first and all at once.
    by_hand = [stack.trigger(dataset="by-hand", partition=day) for day in reversed(days)]
    assert [stack.ended(run_id) for run_id in by_hand] == ["success"] * 3
    assert stack.rows(LOADED, "by-hand") == first


def test_a_manual_run_takes_its_params_and_its_lineage_names_the_task_instance_and_the_image(stack):
    for name, body in books(6, skip=40):
        stack.put(f"elsewhere/{name}", body)
    source = f"s3://{stack.bucket}/elsewhere/"
    run_id = stack.trigger(source=source, dataset="manual", max_tokens=64, pii_policy="mask", source_name="novel", batch_documents=4)
    assert stack.ended(run_id) == "success"
    assert stack.rows("select max(token_count) <= 64, min(max_tokens), count(*) > 50 from chunk where dataset = 'manual'") == [
        (True, 64, True)
    ]
    assert all(path.startswith("novel/") for (path,) in stack.rows("select path from document where dataset = 'manual'"))
    lineage = stack.rows(
        "select task, status, orchestrator, image_digest from lineage where orchestrator ->> 'dagRunId' = %s order by task", run_id
    )
    assert {task for task, *_ in lineage} == {"ingest", "clean-chunk", "validate", "load", "lineage"}
    for task, status, orchestrator, digest in lineage:
        assert status == "ok" and orchestrator["dagId"] == DAG and digest.startswith("sha256:"), task
        assert orchestrator["openLineageParentId"].startswith(f"text-corpus-e2e/{DAG}."), task
        assert (int(orchestrator["mapIndex"]) >= 0) == (task in ("clean-chunk", "validate", "load")), task
    loads = stack.api("GET", f"{stack.run_path(run_id)}/taskInstances?task_id=batch.load")["task_instances"]
    ids = {
        batch for (batch,) in stack.rows("select batch_id from lineage where orchestrator ->> 'dagRunId' = %s and task = 'load'", run_id)
    }
    shown = {load["rendered_map_index"] for load in loads if load["task_id"] == "batch.load"}
    assert shown == ids and all(len(name) == 16 for name in shown)


def test_the_asset_event_says_what_was_loaded(stack):
    events = stack.api("GET", "/assets/events?order_by=-timestamp&limit=1")["asset_events"]
    assert events[0]["name"] == "corpus_chunks"
    assert {"batches", "documents", "chunks"} <= events[0]["extra"].keys()


def test_a_day_without_files_is_skipped_and_green(stack):
    run_id = stack.trigger(partition="2001-01-01")
    assert stack.ended(run_id) == "success"
    tasks = stack.tasks(run_id)
    assert (tasks["ingest"], tasks["lineage"], tasks["outcome"]) == ("skipped", "skipped", "success")


def test_params_outside_their_limits_are_refused_before_anything_runs(stack):
    body = {"logical_date": None, "conf": {"max_tokens": 9999}}
    answer = stack.request("POST", f"/dags/{DAG}/dagRuns", body)
    assert answer.status_code == 400 and "max_tokens" in answer.text


def test_two_runs_at_once_of_one_source_leave_every_document_once(stack):
    source = f"s3://{stack.bucket}/elsewhere/"
    runs = [stack.trigger(source=source, dataset="twice", force=True) for _ in range(2)]
    assert [stack.ended(run_id) for run_id in runs] == ["success", "success"]
    assert stack.rows("select count(*), count(distinct path) from document where dataset = 'twice'") == [(6, 6)]
    assert stack.rows("select count(*) - count(distinct (document_id, ordinal)) from chunk where dataset = 'twice'") == [(0,)]
