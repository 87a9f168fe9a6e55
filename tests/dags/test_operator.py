"""The Docker operator: what a container is given, what nobody sees, what its exit code means, what is cleaned up."""

import json
from datetime import timedelta
from types import SimpleNamespace
from urllib.parse import unquote, urlsplit

import pytest
from airflow.sdk import DAG
from airflow.sdk.exceptions import AirflowException, AirflowFailException, AirflowSkipException
from docker.errors import APIError

from fake_engine import BATCHES
from pipeline.exit_codes import EXIT_CODES, exception_of
from pipeline.runs import run_id_of
from pipeline.task_container import task_container
from world import BUCKET, DATABASE_PASSWORD, REPOSITORY

AIRFLOW_RUN = "scheduled__2026-11-21T02:00:00+00:00"
RUN = run_id_of("a_dag", AIRFLOW_RUN)
PARAMS = {"source": f"s3://{BUCKET}/raw/", "dataset": "corpus", "on_missing": "keep", "recipe": "default", "force": False}


def context_of(task, map_index=-1, try_number=1, **params):
    ti = SimpleNamespace(dag_id="a_dag", task_id=task.task_id, map_index=map_index, try_number=try_number)
    run = SimpleNamespace(run_type="manual", data_interval_start=None)
    return {"ti": ti, "run_id": AIRFLOW_RUN, "dag_run": run, "params": {**PARAMS, **params}}


def prepared(name, batch="", **kwargs):
    """The task and its context, rendered as Airflow does before it runs it."""
    with DAG("a_dag", schedule=None):
        task = task_container(name, batch=batch)
    context = context_of(task, **kwargs)
    task.render_template_fields(context)
    return task, context


def executed(engine, name, batch="", **kwargs):
    task, context = prepared(name, batch, **kwargs)
    return task, task.execute(context), engine.created[-1]


def test_the_calls_are_those_of_the_contract():
    places = {name: prepared(name, BATCHES[0])[0].command[:4] for name in ("ingest", "clean-chunk", "validate", "load", "lineage")}
    run, batch = f"s3://{BUCKET}/runs/{RUN}", f"{BATCHES[0]}.json"
    assert places == {
        "ingest": ["--in", f"s3://{BUCKET}/raw/", "--out", f"{run}/ingest.json"],
        "clean-chunk": ["--in", f"{run}/ingest/{batch}", "--out", f"{run}/clean-chunk/{batch}"],
        "validate": ["--in", f"{run}/clean-chunk/{batch}", "--out", f"{run}/validate/{batch}"],
        "load": ["--in", f"{run}/validate/{batch}", "--out", f"{run}/load/{batch}"],
        "lineage": ["--in", f"{run}/", "--out", f"{run}/lineage.json"],
    }


def test_params_become_flags_and_null_leaves_the_choice_to_the_program():
    task, _ = prepared("ingest", partition="2026-11-20", batch_documents=None, force=True)
    assert task.command[4:] == [
        *("--dataset", "corpus", "--partition", "2026-11-20", "--on-missing", "keep", "--recipe", "default"),
        "--force",
    ]


def test_what_a_person_types_is_never_read_as_a_template():
    task, _ = prepared("ingest", source="s3://corpus/{{ var.value.secret }}/")
    assert "s3://corpus/{{ var.value.secret }}/" in task.command


def test_the_environment_names_are_those_of_the_contract(engine):
    names = json.loads((REPOSITORY / "shared/contracts/environment.json").read_text())
    known = {name for group in names.values() for name in group}
    for name in ("clean-chunk", "load"):
        _, _, container = executed(engine, name, BATCHES[0])
        assert set(container["environment"]) <= known
        assert {name for name in names["identifiers"] if name.startswith("PIPELINE_")} <= set(container["environment"])


def test_only_load_and_lineage_get_the_database(engine):
    given = {
        name: "DATABASE_URL" in executed(engine, name)[2]["environment"]
        for name in ("ingest", "clean-chunk", "validate", "load", "lineage")
    }
    assert given == {"ingest": False, "clean-chunk": False, "validate": False, "load": True, "lineage": True}


def test_a_password_with_every_odd_character_survives_in_the_address(engine):
    address = urlsplit(executed(engine, "load")[2]["environment"]["DATABASE_URL"])
    assert (unquote(address.password), address.hostname, address.path) == (DATABASE_PASSWORD, "db", "/corpus")


def test_secrets_are_in_no_rendered_field_no_result_and_no_log(engine, caplog):
    from airflow.serialization.helpers import serialize_template_field

    task, result, container = executed(engine, "load")
    secrets = [container["environment"][name] for name in ("DATABASE_URL", "AWS_SECRET_ACCESS_KEY")]
    shown = json.dumps({name: serialize_template_field(getattr(task, name), name) for name in task.template_fields})
    for secret in [*secrets, DATABASE_PASSWORD]:
        assert secret not in shown and secret not in json.dumps(result) and secret not in caplog.text


def test_the_container_is_hardened_and_has_real_limits(engine):
    host = executed(engine, "clean-chunk", BATCHES[0])[2]["host_config"]
    assert host["read_only"] and host["init"] and host["cap_drop"] == ["ALL"] and not host["cap_add"] and not host["privileged"]
    assert host["security_opt"] == ["no-new-privileges:true"]
    assert host["mounts"] == [] and host["pids_limit"] == 256 and host["network_mode"] == "text-corpus-data"
    assert "noexec" in host["tmpfs"]["/tmp"]
    assert (host["nano_cpus"], host["mem_limit"], host["memswap_limit"]) == (1_000_000_000, "2048m", "2048m")


def test_success_returns_the_manifest_and_its_counts(engine):
    _, result, _ = executed(engine, "load", BATCHES[0])
    assert result["manifest"] == f"s3://{BUCKET}/runs/{RUN}/load/{BATCHES[0]}.json"
    assert result["documents"]["in"] == sum(result["documents"][k] for k in ("kept", "dropped", "failed", "superseded"))
    assert len(json.dumps(result)) < 1_000


@pytest.mark.parametrize(
    ("code", "exception"),
    [
        (99, AirflowSkipException),
        (65, AirflowFailException),
        (78, AirflowFailException),
        (75, AirflowException),
        (137, AirflowException),
        (1, AirflowException),
    ],
)
def test_an_exit_code_becomes_a_decision_that_names_itself(engine, code, exception):
    engine.exits["load"] = code
    with pytest.raises(AirflowException) as raised:
        executed(engine, "load")
    assert type(raised.value) is exception
    assert f"exit code {code}" in str(raised.value)


def test_every_code_of_the_contract_has_a_decision():
    decisions = {0: None, 65: AirflowFailException, 75: AirflowException, 78: AirflowFailException, 99: AirflowSkipException}
    assert {code: raised and type(raised) for code in EXIT_CODES for raised in [exception_of("load", code)]} == decisions


def test_a_missing_image_is_said_so(engine, monkeypatch):
    monkeypatch.setattr(engine, "images", lambda name: [])
    with pytest.raises(AirflowException, match="no image text-corpus/load:local"):
        executed(engine, "load")


def test_the_manifest_of_another_run_is_refused(engine, monkeypatch):
    import fake_engine

    real = fake_engine.manifest_of
    monkeypatch.setattr(fake_engine, "manifest_of", lambda task, batch, run_id, batches: real(task, batch, "another-run", batches))
    with pytest.raises(AirflowFailException, match="another-run"):
        executed(engine, "load", BATCHES[0])


class TestContainersOfEarlierAttempts:
    """`mine` was left by attempt 1 of the task instance that now runs attempt 2."""

    def left_behind(self, engine, task, map_index, attempt, **labels):
        own = task.identity_of(context_of(task, map_index=map_index)) | {"pipeline.attempt": str(attempt), **labels}
        engine.others.append({"Id": f"{len(engine.others):064x}", "Labels": own, "State": "running"})
        return engine.others[-1]["Id"]

    def test_are_stopped_and_removed_before_a_new_one_starts_and_siblings_stay(self, engine):
        task, context = prepared("validate", BATCHES[0], map_index=0, try_number=2)
        mine = self.left_behind(engine, task, 0, 1)
        self.left_behind(engine, task, 1, 1)  # the sibling, on its first attempt
        self.left_behind(engine, task, 0, 2)  # this attempt
        self.left_behind(engine, task, 0, 1, **{"pipeline.deployment": "another"})
        self.left_behind(engine, task, 0, 1, **{"pipeline.run": "another"})
        task.execute(context)
        assert engine.calls[:3] == [("stop", mine), ("remove", mine), ("start", "0")]

    def test_may_vanish_at_the_same_moment(self, engine, monkeypatch):
        task, context = prepared("validate", BATCHES[0], try_number=2)
        self.left_behind(engine, task, -1, 1)

        def conflict(container, **kwargs):
            raise APIError("removal in progress", response=SimpleNamespace(status_code=409))

        monkeypatch.setattr(engine, "stop", conflict)
        task.execute(context)

    def test_of_other_tasks_are_swept_by_lineage(self, engine):
        other, _ = prepared("load", BATCHES[0])
        left = self.left_behind(engine, other, 3, 4)
        executed(engine, "lineage")
        assert ("stop", left) in engine.calls


def test_run_ids_are_safe_short_and_different_for_dags_that_share_a_run_name():
    long = run_id_of("d" * 250, "r" * 250)
    assert len(long) <= 200 and long != run_id_of("d" * 250, "r" * 249 + "s")
    assert run_id_of("a", AIRFLOW_RUN) != run_id_of("b", AIRFLOW_RUN)
    assert RUN.startswith("a_dag.scheduled__2026-11-21T02-00-00-00-00-")


def test_a_program_ends_itself_before_airflow_ends_it():
    task, _ = prepared("load")
    assert timedelta(seconds=int(task.environment["PIPELINE_DEADLINE_SECONDS"])) < task.execution_timeout
