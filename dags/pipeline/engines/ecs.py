"""A task to an ECS task on Fargate; its definition, rights, secrets and log group come from terraform/."""

from typing import Any

from airflow.providers.amazon.aws.operators.ecs import EcsRunTaskOperator
from airflow.sdk import Context

from pipeline.connections import STORE
from pipeline.settings import Settings
from pipeline.spec import TaskSpec
from pipeline.task_container import TaskContainer


def build(spec: TaskSpec, settings: Settings, **kwargs: Any) -> "EcsTask":
    """The operator for that task; `kwargs` are Airflow's own."""
    return EcsTask(spec=spec, settings=settings, **kwargs)


class EcsTask(TaskContainer, EcsRunTaskOperator):
    """EcsRunTaskOperator with the pipeline's contract. Hardening and secrets are in the task definition, where nobody passes them by."""

    template_fields = (*EcsRunTaskOperator.template_fields, *TaskContainer.contract_fields)

    def __init__(self, *, spec: TaskSpec, settings: Settings, batch: Any, **kwargs: Any) -> None:
        super().__init__(
            task_definition=settings.required("PIPELINE_ECS_TASK_FAMILY_PREFIX") + spec.name,
            cluster=settings.required("PIPELINE_ECS_CLUSTER"),
            overrides={},
            launch_type="FARGATE",
            network_configuration={
                "awsvpcConfiguration": {
                    "subnets": settings.required("PIPELINE_ECS_SUBNETS").split(","),
                    "securityGroups": settings.required("PIPELINE_ECS_SECURITY_GROUPS").split(","),
                    "assignPublicIp": "DISABLED",
                }
            },
            aws_conn_id=STORE,
            region_name=settings.environment.get("AWS_REGION"),
            container_name=spec.name,
            awslogs_group=settings.required("PIPELINE_ECS_LOG_GROUP_PREFIX") + spec.name,
            awslogs_stream_prefix=f"ecs/{spec.name}",
            # A scheduler that was restarted finds the task it had started; none runs twice.
            reattach=True,
            **kwargs,
        )
        self.set_contract(spec, settings, batch)

    def set_call(self, arguments: list[str], environment: dict[str, str]) -> None:
        variables = [{"name": name, "value": value} for name, value in environment.items()]
        self.overrides = {"containerOverrides": [{"name": self.spec.name, "command": arguments, "environment": variables}]}

    def exit_code(self) -> int | None:
        if self.arn is None:
            return None
        tasks = self.client.describe_tasks(cluster=self.cluster, tasks=[self.arn])["tasks"]
        return next((c.get("exitCode") for task in tasks for c in task["containers"] if c["name"] == self.spec.name), None)

    def execute(self, context: Context) -> dict[str, Any]:
        self.tags = {name.replace(".", ":"): value for name, value in self.identity_of(context).items()}
        return super().execute(context)
