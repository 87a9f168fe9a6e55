"""What was made, used as the pipeline uses it: its own S3 adapter on the bucket, and the calls of Airflow's ECS operator."""

import json
import os
import subprocess
import uuid

import pytest
from pipeline.settings import read_settings
from pipeline.spec import TASKS
from terraform import REGION, REPOSITORY

STARTED_BY = "9f2a7c04-attempt-1"


@pytest.fixture(scope="session")
def settings(deployed):
    """What the DAGs make of the environment that Terraform gives out."""
    return read_settings(deployed.airflow)


def test_the_pipelines_own_adapter_works_on_the_bucket(deployed, endpoint):
    if not (REPOSITORY / "shared/dist/open-store.js").exists():
        pytest.skip("the TypeScript code is not built: npm run build")
    keys = {"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing", "AWS_REGION": REGION, "AWS_ENDPOINT_URL_S3": endpoint}
    command = ["node", "tests/terraform/object-store.mjs", f"s3://{deployed.outputs['bucket']}/runs/{uuid.uuid4().hex}"]
    done = subprocess.run(command, cwd=REPOSITORY, env=os.environ | keys, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "missing": None,
        "created": True,
        "createdTwice": False,
        "read": "first",
        "replaced": True,
        "replacedByOldTag": False,
        "range": "hi",
        "keys": ["clean-chunk/0123456789abcdef.json", "ingest.json"],
    }


def test_what_the_adapter_writes_is_encrypted_with_the_buckets_key(deployed, aws):
    s3, bucket = aws("s3"), deployed.outputs["bucket"]
    s3.put_object(Bucket=bucket, Key="runs/r2/ingest.json", Body=b"{}")
    written = s3.head_object(Bucket=bucket, Key="runs/r2/ingest.json")
    (key,) = [r["values"]["arn"] for r in deployed.managed if r["type"] == "aws_kms_key" and "object_store" in r["address"]]
    assert (written["ServerSideEncryption"], written["SSEKMSKeyId"]) == ("aws:kms", key)


@pytest.mark.parametrize("name", TASKS)
def test_airflow_finds_each_task_where_it_looks(deployed, settings, aws, name):
    family = settings.required("PIPELINE_ECS_TASK_FAMILY_PREFIX") + name
    (container,) = aws("ecs").describe_task_definition(taskDefinition=family)["taskDefinition"]["containerDefinitions"]
    options = container["logConfiguration"]["options"]
    assert container["name"] == name
    assert options["awslogs-group"] == settings.required("PIPELINE_ECS_LOG_GROUP_PREFIX") + name
    assert options["awslogs-stream-prefix"] == "ecs"
    assert [group["logGroupName"] for group in aws("logs").describe_log_groups(logGroupNamePrefix=options["awslogs-group"])["logGroups"]]


@pytest.mark.parametrize("name", TASKS)
def test_each_task_gets_the_database_exactly_where_the_dags_say_so(deployed, name):
    environment = deployed.outputs["task_environment"][name]
    assert ("DATABASE_URL" in environment["plain"], bool(environment["secrets"])) == (TASKS[name].uses_database,) * 2


@pytest.mark.parametrize("name", TASKS)
def test_no_task_has_less_room_than_on_the_other_engines(deployed, aws, name):
    definition = aws("ecs").describe_task_definition(taskDefinition=deployed.outputs["task_families"][name])["taskDefinition"]
    assert int(definition["cpu"]) * 1000 // 1024 >= TASKS[name].size.cpu_milli
    assert int(definition["memory"]) >= TASKS[name].size.memory_mib


def test_a_task_starts_with_the_operators_parameters_and_is_found_again(deployed, settings, aws):
    ecs, cluster = aws("ecs"), settings.required("PIPELINE_ECS_CLUSTER")
    network = {
        "subnets": settings.required("PIPELINE_ECS_SUBNETS").split(","),
        "securityGroups": settings.required("PIPELINE_ECS_SECURITY_GROUPS").split(","),
        "assignPublicIp": "DISABLED",
    }
    override = {"name": "ingest", "command": ["--in", settings.landing_zone], "environment": [{"name": "PIPELINE_ATTEMPT", "value": "1"}]}
    started = ecs.run_task(
        cluster=cluster,
        taskDefinition=settings.required("PIPELINE_ECS_TASK_FAMILY_PREFIX") + "ingest",
        overrides={"containerOverrides": [override]},
        launchType="FARGATE",
        networkConfiguration={"awsvpcConfiguration": network},
        startedBy=STARTED_BY,
        tags=[{"key": "pipeline:deployment", "value": settings.deployment}],
    )
    assert started["failures"] == []
    (task,) = started["tasks"]
    assert task["taskArn"] in ecs.list_tasks(cluster=cluster, startedBy=STARTED_BY)["taskArns"]
    assert ecs.stop_task(cluster=cluster, task=task["taskArn"])["task"]["desiredStatus"] == "STOPPED"
