"""A task to a hardened pod; its secrets and rights come from a Secret and a service account of the cluster."""

from typing import Any

from airflow.providers.cncf.kubernetes.operators.pod import KubernetesPodOperator
from airflow.sdk import Context
from kubernetes.client import models as k8s

from pipeline.settings import Settings
from pipeline.spec import Size, TaskSpec
from pipeline.task_container import TaskContainer

# The image's own user. Named here too, because a pod that must not run as root is refused unless the number is known.
USER = 1000


def build(spec: TaskSpec, settings: Settings, **kwargs: Any) -> "KubernetesTask":
    """The operator for that task; `kwargs` are Airflow's own."""
    return KubernetesTask(spec=spec, settings=settings, **kwargs)


class KubernetesTask(TaskContainer, KubernetesPodOperator):
    """KubernetesPodOperator with the pipeline's contract, within Kubernetes' *restricted* pod security standard."""

    template_fields = (*KubernetesPodOperator.template_fields, *TaskContainer.contract_fields)

    def __init__(self, *, spec: TaskSpec, settings: Settings, batch: Any, **kwargs: Any) -> None:
        super().__init__(
            image=settings.image(spec.name),
            name=f"{settings.deployment}-{spec.name}",
            namespace=settings.environment.get("PIPELINE_KUBERNETES_NAMESPACE") or "text-corpus",
            # Its rights on the bucket; a service account of its own for each task, as the roles in terraform/ are.
            service_account_name=f"{settings.deployment}-{spec.name}",
            automount_service_account_token=False,
            base_container_name=spec.name,
            env_from=_environment_from(spec, settings),
            container_resources=_resources_of(spec.size),
            security_context=k8s.V1PodSecurityContext(
                run_as_non_root=True, run_as_user=USER, run_as_group=USER, seccomp_profile=k8s.V1SeccompProfile(type="RuntimeDefault")
            ),
            container_security_context=k8s.V1SecurityContext(
                allow_privilege_escalation=False, read_only_root_filesystem=True, capabilities=k8s.V1Capabilities(drop=["ALL"])
            ),
            volumes=[k8s.V1Volume(name="tmp", empty_dir=k8s.V1EmptyDirVolumeSource(size_limit="512Mi"))],
            volume_mounts=[k8s.V1VolumeMount(name="tmp", mount_path="/tmp")],
            termination_grace_period=10,
            on_finish_action="delete_pod",
            reattach_on_restart=True,
            log_pod_spec_on_failure=False,
            **kwargs,
        )
        self.set_contract(spec, settings, batch)

    def set_call(self, arguments: list[str], environment: dict[str, str]) -> None:
        self.arguments = arguments
        self.env_vars = [k8s.V1EnvVar(name=name, value=value) for name, value in environment.items()]

    def exit_code(self) -> int | None:
        status = self.remote_pod.status if self.remote_pod else None
        containers = (status.container_statuses if status else None) or []
        ended = (c.state.terminated for c in containers if c.name == self.spec.name and c.state and c.state.terminated)
        return next((state.exit_code for state in ended), None)

    def execute(self, context: Context) -> dict[str, Any]:
        self.annotations = {**(self.annotations or {}), **self.identity_of(context)}  # labels allow no `:` and no `+`
        return super().execute(context)


def _environment_from(spec: TaskSpec, settings: Settings) -> list[k8s.V1EnvFromSource]:
    """DATABASE_URL from a Secret that only the tasks which need the database get."""
    if not spec.uses_database:
        return []
    secret = settings.environment.get("PIPELINE_KUBERNETES_DATABASE_SECRET") or f"{settings.deployment}-database"
    return [k8s.V1EnvFromSource(secret_ref=k8s.V1SecretEnvSource(name=secret))]


def _resources_of(size: Size) -> k8s.V1ResourceRequirements:
    # Memory asked for and allowed are the same: a task that outgrows it ends alone, and takes no neighbour along.
    memory = f"{size.memory_mib}Mi"
    return k8s.V1ResourceRequirements(
        requests={"cpu": f"{size.cpu_milli}m", "memory": memory}, limits={"cpu": f"{size.cpu_milli}m", "memory": memory}
    )
