"""Which day a run reads: by the scheduler's own timetable for due runs and backfills, by the form for manual ones."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from pipeline.runs import partition_of


@pytest.fixture(scope="module")
def scheduled_dag(text_corpus):
    """The DAG as the scheduler has it, after the DAG went through the database."""
    from airflow.serialization.serialized_objects import DagSerialization

    return DagSerialization.from_dict(DagSerialization.to_dict(text_corpus))


def partition_read_by(run_type, interval_start, **params):
    run = SimpleNamespace(run_type=run_type, data_interval_start=interval_start)
    partition = partition_of({"dag_run": run, "params": params})
    return None if partition is None else str(partition)


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("due", "partition"),
    [("2026-11-21T02:00", "2026-11-20"), ("2026-03-01T02:00", "2026-02-28"), ("2027-01-01T02:00", "2026-12-31")],
)
def test_a_scheduled_run_fires_at_two_and_reads_the_day_that_has_ended(scheduled_dag, due, partition):
    infos = list(scheduled_dag.iter_dagrun_infos_between(utc(f"{partition}T00:00"), utc(f"{partition}T23:59")))
    assert [i.run_after for i in infos] == [utc(due)]
    assert partition_read_by("scheduled", infos[0].data_interval.start) == partition


def test_a_backfill_of_18_to_20_reads_the_days_18_to_20(scheduled_dag):
    infos = scheduled_dag.iter_dagrun_infos_between(utc("2026-11-18T00:00"), utc("2026-11-20T23:59:59"))
    assert [partition_read_by("backfill", info.data_interval.start) for info in infos] == ["2026-11-18", "2026-11-19", "2026-11-20"]


@pytest.mark.parametrize("run_type", ["manual", "asset_triggered"])
@pytest.mark.parametrize("interval_start", [None, utc("2026-11-18T02:00")])
def test_a_run_without_a_day_of_its_own_reads_the_params_day_or_the_whole_source(run_type, interval_start):
    assert partition_read_by(run_type, interval_start, partition="2026-11-05") == "2026-11-05"
    assert partition_read_by(run_type, interval_start, partition=None) is None


def test_the_params_day_does_not_change_what_a_scheduled_run_reads():
    assert partition_read_by("scheduled", utc("2026-11-18T02:00"), partition="2026-11-05") == "2026-11-18"
