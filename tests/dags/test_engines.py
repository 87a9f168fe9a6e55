"""The other two engines: the same call, carried by ECS (against an API that answers like AWS) and by a pod that Kubernetes would take."""

import os
from types import SimpleNamespace

import pytest
from airflow.sdk import DAG
from airflow.sdk.exceptions import AirflowException, AirflowFailException, AirflowSkipException

from fake_engine import BATCHES
from pipeline.engines import ecs, kubernetes
from pipeline.settings import read_settings
from pipeline.spec import TASKS, Size
from world import BUCKET

RUN = "manual__2026-11-21"
ECS_ENVIRONMENT = {
    "PIPELINE_ENGINE": "ecs",
    "PIPELINE_ECS_CLUSTER": "corpus-dev",
    "PIPELINE_ECS_SUBNETS": "subnet-1,subnet-2",
    "PIPELINE_ECS_SECURITY_GROUPS": "sg-1",
    "PIPELINE_ECS_TASK_FAMILY_PREFIX": "corpus-dev-",
    "PIPELINE_ECS_LOG_GROUP_PREFIX": "/corpus-dev/",
    "AWS_REGION": "eu-central-1",
}


def prepared(engine, name, environment):
    """The task of one engine in an otherwise empty environment, rendered, with its context."""
    settings = read_settings(environment)
    with DAG("a_dag", schedule=None):
        task = engine.build(TASKS[name], settings, batch=BATCHES[0], task_id=name, execution_timeout=TASKS[name].timeout)
    ti = SimpleNamespace(dag_id="a_dag", task_id=name, map_index=3, try_number=1, run_id=RUN)
    run = SimpleNamespace(run_type="manual", data_interval_start=None)
    context = {"ti": ti, "run_id": RUN, "dag_run": run, "params": {"recipe": "default"}, "dag": task.dag}
    task.render_template_fields(context)
    return task, context


def test_only_the_engine_in_use_is_imported():
    import subprocess
    import sys

    code = "import sys; from pipeline.task_container import task_container; from airflow.sdk import DAG\n"
    code += "with DAG('d', schedule=None): task_container('load')\n"
    code += "print(*[m for m in ('docker', 'ecs', 'kubernetes') if f'pipeline.engines.{m}' in sys.modules])"
    environment = {**os.environ, **ECS_ENVIRONMENT, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.splitlines()[-1] == "ecs"


def test_an_engine_that_is_none_of_ours_is_refused_by_name():
    with pytest.raises(ValueError, match="'podman': expected one of docker, ecs, kubernetes"):
        read_settings({"PIPELINE_ENGINE": "podman"})


class TestEcs:
    def test_a_missing_setting_is_named(self):
        without = {name: value for name, value in ECS_ENVIRONMENT.items() if name != "PIPELINE_ECS_SUBNETS"}
        with pytest.raises(ValueError, match="PIPELINE_ECS_SUBNETS is not set"):
            prepared(ecs, "load", without)

    def test_the_start_names_the_task_its_call_and_no_secret(self):
        task, _ = prepared(ecs, "load", ECS_ENVIRONMENT)
        [override] = task.overrides["containerOverrides"]
        assert (task.cluster, task.task_definition, task.launch_type) == ("corpus-dev", "corpus-dev-load", "FARGATE")
        assert override["name"] == "load" and override["command"][:2] == ["--in", task.manifest_uri.replace("/load/", "/validate/")]
        assert not {"DATABASE_URL", "AWS_SECRET_ACCESS_KEY"} & {variable["name"] for variable in override["environment"]}
        assert len(str(task.overrides)) < 8_192  # what ECS takes
        network = task.network_configuration["awsvpcConfiguration"]
        assert network == {"subnets": ["subnet-1", "subnet-2"], "securityGroups": ["sg-1"], "assignPublicIp": "DISABLED"}
        assert task.awslogs_group == "/corpus-dev/load" and task.reattach

    def test_the_start_is_one_that_aws_takes(self, monkeypatch):
        import boto3
        from moto import mock_aws

        with mock_aws():
            network = boto3.client("ec2", "eu-central-1")
            vpc = network.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
            network.modify_vpc_attribute(VpcId=vpc, EnableDnsHostnames={"Value": True})
            subnet = network.create_subnet(VpcId=vpc, CidrBlock="10.0.0.0/24")["Subnet"]["SubnetId"]
            group = network.create_security_group(GroupName="tasks", Description="tasks", VpcId=vpc)["GroupId"]
            client = boto3.client("ecs", "eu-central-1")
            client.create_cluster(clusterName="corpus-dev")
            definition = {"name": "load", "image": "load:1", "memory": 1024, "cpu": 512}
            client.register_task_definition(
                family="corpus-dev-load", networkMode="awsvpc", requiresCompatibilities=["FARGATE"], containerDefinitions=[definition]
            )
            places = {"PIPELINE_ECS_SUBNETS": subnet, "PIPELINE_ECS_SECURITY_GROUPS": group}
            task, context = prepared(ecs, "load", {**ECS_ENVIRONMENT, **places})
            task.tags = {name.replace(".", ":"): value for name, value in task.identity_of(context).items()}
            monkeypatch.setattr(type(task), "client", client)
            task._start_task()
            [started] = client.describe_tasks(cluster="corpus-dev", tasks=[task.arn])["tasks"]
        assert started["overrides"]["containerOverrides"][0]["command"] == task.overrides["containerOverrides"][0]["command"]

    @pytest.mark.parametrize(
        ("code", "exception"), [(99, AirflowSkipException), (65, AirflowFailException), (78, AirflowFailException), (75, AirflowException)]
    )
    def test_an_exit_code_becomes_the_same_decision_as_on_docker(self, code, exception, monkeypatch):
        task, context = prepared(ecs, "load", ECS_ENVIRONMENT)
        task.awslogs_group = None
        stopped = {"lastStatus": "STOPPED", "containers": [{"name": "load", "lastStatus": "STOPPED", "exitCode": code}]}
        started = []
        client = SimpleNamespace(
            list_tasks=lambda **_: {"taskArns": []},
            run_task=lambda **call: started.append(call) or {"failures": [], "tasks": [{"taskArn": "arn:aws:ecs:eu-central-1:1:task/c/7"}]},
            get_waiter=lambda _: SimpleNamespace(wait=lambda **_: None),
            describe_tasks=lambda **_: {"tasks": [stopped]},
        )
        monkeypatch.setattr(type(task), "client", client)
        with pytest.raises(AirflowException) as raised:
            task.execute({**context, "ti": SimpleNamespace(**vars(context["ti"]), xcom_push=lambda **_: None)})
        assert type(raised.value) is exception and f"exit code {code}" in str(raised.value)
        assert {"key": "pipeline:map", "value": "3"} in started[0]["tags"]


class TestKubernetes:
    @pytest.mark.parametrize("name", TASKS)
    def test_the_pod_is_what_the_kubernetes_api_takes(self, name):
        import kubernetes_validate
        from kubernetes.client import ApiClient

        task, context = prepared(kubernetes, name, {"PIPELINE_ENGINE": "kubernetes"})
        pod = ApiClient().sanitize_for_serialization(task.build_pod_request_obj(context, dry_run=True))
        kubernetes_validate.validate(pod, "1.33", strict=True)

    def test_the_pod_keeps_the_restricted_security_standard(self):
        task, context = prepared(kubernetes, "load", {"PIPELINE_ENGINE": "kubernetes"})
        spec = task.build_pod_request_obj(context, dry_run=True).spec
        [container] = spec.containers
        assert spec.security_context.run_as_non_root and spec.security_context.seccomp_profile.type == "RuntimeDefault"
        rights = container.security_context
        assert not rights.allow_privilege_escalation and rights.read_only_root_filesystem and rights.capabilities.drop == ["ALL"]
        assert spec.automount_service_account_token is False and spec.restart_policy == "Never"
        assert container.resources.limits == {"cpu": "500m", "memory": "1024Mi"}

    def test_only_tasks_that_use_the_database_get_its_secret_and_nobody_its_value(self):
        given = {}
        for name in TASKS:
            task, context = prepared(kubernetes, name, {"PIPELINE_ENGINE": "kubernetes"})
            [container] = task.build_pod_request_obj(context, dry_run=True).spec.containers
            given[name] = [source.secret_ref.name for source in container.env_from or []]
            assert not {"DATABASE_URL", "AWS_SECRET_ACCESS_KEY"} & {variable.name for variable in container.env}
            assert container.args[:1] == ["--in"] and f"s3://{BUCKET}/runs/" in " ".join(container.args)
        secret = ["text-corpus-database"]
        assert given == {"ingest": [], "clean-chunk": [], "validate": [], "load": secret, "lineage": secret}

    def test_the_exit_code_is_that_of_the_task_and_not_of_a_sidecar(self):
        task, _ = prepared(kubernetes, "load", {"PIPELINE_ENGINE": "kubernetes"})
        ended = {"istio-proxy": 0, "load": 65}
        statuses = [
            SimpleNamespace(name=name, state=SimpleNamespace(terminated=SimpleNamespace(exit_code=code))) for name, code in ended.items()
        ]
        task.remote_pod = SimpleNamespace(status=SimpleNamespace(container_statuses=statuses))
        assert task.exit_code() == 65


def test_sizes_are_pairs_that_fargate_offers():
    fargate = {256: (512, 1024, 2048), 512: range(1024, 4097, 1024), 1024: range(2048, 8193, 1024), 2048: range(4096, 16385, 1024)}
    for task in TASKS.values():
        units = task.size.cpu_milli * 1024 // 1000
        assert isinstance(task.size, Size) and task.size.memory_mib in fargate[units], task.name
