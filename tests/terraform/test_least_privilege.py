"""The real programs, run with the roles that were made for them: each can do its whole job, and nothing else."""

import json
from collections import Counter
from types import SimpleNamespace

import boto3
import botocore.exceptions
import pytest
from botocore.config import Config
from containers import Containers, database_server
from iam import ALLOW, decide, matches
from pipeline.spec import TASKS
from rights_table import LISTINGS, OBJECTS, SOURCE_OBJECTS
from terraform import REGION, REPOSITORY, SOURCE_BUCKET

ROLES = [*TASKS, "migrate", "scheduler"]
PROSE = (REPOSITORY / "LICENSE").read_text()
NOISE = " ".join(f"({a}{b}) [{b}] <{a}> #{b}; {{{a}}} /{b}/ == {a}+{b};" for a in "abcdefgh" for b in "klmnopqr")
# Whatever the steps write has to be written by something: a document that is kept, one that is dropped, one with chunks that are rejected.
DOCUMENTS = {"kept": PROSE, "dropped": "0 1 2 3 4 5 6 7 8 9 " * 40, "noisy": f"{PROSE}\n\n{NOISE}\n\n{PROSE[:4000]}"}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with database_server(tmp_path_factory.mktemp("database")) as running:
        yield running


@pytest.fixture(scope="module")
def client_of(endpoint):
    """A client of a service: the administrator's, or with the keys of a role."""

    def make(service: str, keys: dict[str, str] | None = None):
        given = keys or {"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing"}
        named = {name.lower(): value for name, value in given.items()}
        quiet = Config(retries={"max_attempts": 1}, s3={"addressing_style": "path"})
        return boto3.client(service, endpoint_url=endpoint, region_name=REGION, config=quiet, **named)

    return make


@pytest.fixture(scope="module")
def scheduler_role(deployed, client_of):
    """A role for Airflow's scheduler with the policy that the deployment gives out, as its README says."""
    iam, name = client_of("iam"), f"airflow-{deployed.name}"
    role = iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": []}))["Role"]
    policy = deployed.outputs["scheduler_policy_arn"]
    iam.attach_role_policy(RoleName=name, PolicyArn=policy)
    yield role["Arn"]
    iam.detach_role_policy(RoleName=name, PolicyArn=policy)
    iam.delete_role(RoleName=name)


@pytest.fixture(scope="module")
def runs(deployed, endpoint, client_of, server, rights_log):
    """Three runs with rights enforced: from nothing; with a part of each step gone, and each step again; and from a source of somebody else's."""
    if not (REPOSITORY / "tasks/ingest/dist/main.js").exists() or not (REPOSITORY / "local/dist/embedded-postgres.js").exists():
        pytest.skip("the TypeScript code is not built: npm run build")
    s3, bucket = client_of("s3"), deployed.outputs["bucket"]
    for name, text in DOCUMENTS.items():
        s3.put_object(Bucket=bucket, Key=f"raw/2026-11-20/{name}.txt", Body=text.encode())
    for source in SOURCE_OBJECTS:
        s3.put_object(Bucket=SOURCE_BUCKET, Key=source, Body=PROSE.encode())
    server.make_owner(json.loads(client_of("secretsmanager").get_secret_value(SecretId=deployed.outputs["database_secret_arn"])["SecretString"]))
    containers = Containers(deployed.outputs["task_families"], endpoint, client_of, server)
    begun = rights_log.stat().st_size if rights_log.exists() else 0
    done = {("migrate", ""): containers.run("migrate", ["--roles", "text_corpus"])}
    run = SimpleNamespace(containers=containers, bucket=bucket, s3=s3)
    done |= whole_run(run, "first", f"s3://{bucket}/raw/")
    damage(run)
    done |= whole_run(run, "second", f"s3://{bucket}/raw/")
    # As after an attempt that was lost: each finds its own manifest and parts, and looks at all of them, those included that it only passes on.
    done |= {("again", "ingest"): step(run, "second", "ingest", source=f"s3://{bucket}/raw/")}
    batch = batches_of(run, "second")[0]
    done |= {("again", task): step(run, "second", task, batch=batch) for task in ("clean-chunk", "validate", "load")}
    done |= {("third", "ingest"): step(run, "third", "ingest", source=f"s3://{SOURCE_BUCKET}/texts/")}
    lost = step(run, "second", "load", batch="f" * 16)
    decisions = [json.loads(line) for line in rights_log.read_text()[begun:].splitlines()]
    return SimpleNamespace(done=done, lost=lost, decisions=decisions, bucket=bucket, s3=s3)


def whole_run(run, run_id: str, source: str) -> dict:
    done = {(run_id, "ingest"): step(run, run_id, "ingest", source=source)}
    for batch in batches_of(run, run_id):
        done |= {(run_id, task): step(run, run_id, task, batch=batch) for task in ("clean-chunk", "validate", "load")}
    return done | {(run_id, "lineage"): step(run, run_id, "lineage")}


def batches_of(run, run_id: str) -> list[str]:
    manifest = json.loads(run.s3.get_object(Bucket=run.bucket, Key=f"runs/{run_id}/ingest.json")["Body"].read())
    return [batch["id"] for batch in manifest["batches"]]


def step(run, run_id: str, task: str, *, source: str = "", batch: str = ""):
    """One task with the DAGs' own command line, and the identifiers that they set."""
    places = {"source": source, "run": f"s3://{run.bucket}/runs/{run_id}", "batch": batch}
    params = {"dataset": "corpus", "on_missing": "retire"}
    return run.containers.run(task, TASKS[task].arguments(places, params), {"PIPELINE_RUN_ID": run_id, "PIPELINE_ATTEMPT": "1"})


def damage(run) -> None:
    """Takes a part of each step away, so that the step is made again and its manifest replaced."""
    listed = run.s3.list_objects_v2(Bucket=run.bucket, Prefix="parts/")["Contents"]
    for name in ("/pack-", "/documents-", "/accepted-"):
        run.s3.delete_object(Bucket=run.bucket, Key=next(part["Key"] for part in listed if name in part["Key"]))


def statements_of(deployed) -> dict[str, list[dict]]:
    """Every role that was made, with what its own policies say."""
    inline = [resource["values"] for resource in deployed.managed if resource["type"] == "aws_iam_role_policy"]
    return {policy["role"]: json.loads(policy["policy"])["Statement"] for policy in inline}


def test_every_task_can_do_its_whole_job(runs):
    failed = {name: (done.returncode, done.stdout[-1500:] + done.stderr[-500:]) for name, done in runs.done.items() if done.returncode != 0}
    assert failed == {}
    assert len(runs.done) == 1 + 5 + 5 + 4 + 1


def test_a_manifest_that_is_missing_is_called_missing(runs):
    assert runs.lost.returncode == 65
    assert "missing_manifest" in runs.lost.stdout


def test_nothing_that_a_program_asks_for_is_refused(runs):
    assert [decision for decision in runs.decisions if not decision["allowed"]] == []
    assert len({decision["role"] for decision in runs.decisions}) == len(TASKS)


def test_every_right_to_an_object_is_used(deployed, runs):
    """A pattern that no call needs is a right too many."""
    prefix, unused = deployed.airflow["PIPELINE_ECS_TASK_FAMILY_PREFIX"], []
    for task in TASKS:
        asked = [decision for decision in runs.decisions if decision["role"] == prefix + task]
        for statement in statements_of(deployed)[prefix + task]:
            for action in statement["Action"]:
                calls = [decision["resource"] for decision in asked if decision["action"] == action]
                unused += [(task, action, p) for p in statement["Resource"] if not any(matches(p, resource) for resource in calls)]
    assert unused == []


@pytest.fixture(scope="module")
def as_role(deployed, endpoint, client_of, scheduler_role):
    """An S3 client with the keys of a task's role, of migrate's, or of Airflow's scheduler."""
    containers = Containers(deployed.outputs["task_families"], endpoint, client_of, server=None)
    arns = {resource["values"]["name"]: resource["values"]["arn"] for resource in deployed.managed if resource["type"] == "aws_iam_role"}
    prefix = deployed.airflow["PIPELINE_ECS_TASK_FAMILY_PREFIX"]
    return lambda role: client_of("s3", containers.keys_of(scheduler_role if role == "scheduler" else arns[prefix + role]))


@pytest.mark.parametrize("role", ROLES)
def test_a_role_can_read_write_and_list_what_the_table_says_and_nothing_else(deployed, client_of, source_bucket, as_role, role):
    s3, administrator, own = as_role(role), client_of("s3"), deployed.outputs["bucket"]
    for bucket, objects in ((own, OBJECTS), (SOURCE_BUCKET, SOURCE_OBJECTS)):
        for key in objects:
            administrator.put_object(Bucket=bucket, Key=key, Body=b"{}")
        assert {key for key in objects if may(s3.get_object, Bucket=bucket, Key=key)} == {k for k, (readers, _) in objects.items() if role in readers}
        assert {key for key in objects if may(s3.put_object, Bucket=bucket, Key=key, Body=b"{}")} == {k for k, (_, writers) in objects.items() if role in writers}
        assert {key for key in objects if may(s3.delete_object, Bucket=bucket, Key=key)} == set()
    assert {prefix for prefix in LISTINGS if may(s3.list_objects_v2, Bucket=own, Prefix=prefix)} == {p for p, roles in LISTINGS.items() if role in roles}
    assert not may(s3.list_objects_v2, Bucket=own)


@pytest.mark.parametrize("task", TASKS)
def test_what_is_missing_is_told_from_what_is_forbidden(deployed, client_of, as_role, task):
    s3, administrator, own = as_role(task), client_of("s3"), deployed.outputs["bucket"]
    for key, (readers, _) in OBJECTS.items():
        administrator.delete_object(Bucket=own, Key=key)
        with pytest.raises(botocore.exceptions.ClientError) as refusal:
            s3.get_object(Bucket=own, Key=key)
        assert refusal.value.response["Error"]["Code"] == ("NoSuchKey" if task in readers else "AccessDenied"), key


def may(call, **arguments) -> bool:
    try:
        call(**arguments)
        return True
    except botocore.exceptions.ClientError as refusal:
        assert refusal.response["Error"]["Code"] == "AccessDenied", refusal
        return False


def test_no_program_can_read_a_secret_and_each_start_reads_at_most_its_own(deployed):
    """ECS fetches the secret before the program starts, under the execution role; what a program could do is the task role's."""
    secret = deployed.outputs["database_secret_arn"]
    readers = {role for role, statements in statements_of(deployed).items() if decide(statements, "secretsmanager:GetSecretValue", secret) == ALLOW}
    prefix = deployed.airflow["PIPELINE_ECS_TASK_FAMILY_PREFIX"]
    assert readers == {f"{prefix}execution-task", f"{prefix}execution-owner"}
    other = secret.replace("rds!", "other!")
    assert [role for role, statements in statements_of(deployed).items() if decide(statements, "secretsmanager:GetSecretValue", other) == ALLOW] == []


def test_a_task_starts_under_the_execution_role_of_its_secret(deployed, client_of):
    ecs, used = client_of("ecs"), Counter()
    for task, family in deployed.outputs["task_families"].items():
        definition = ecs.describe_task_definition(taskDefinition=family)["taskDefinition"]
        kind = definition["executionRoleArn"].split("execution-")[1]
        used[kind] += 1
        assert kind == ("owner" if task == "migrate" else "task" if TASKS[task].uses_database else "plain")
        assert definition["taskRoleArn"].endswith(f"/{family}")
    assert used == {"plain": 3, "task": 2, "owner": 1}
