"""A task to a hardened container on a Docker engine."""

from collections.abc import Callable, Mapping
from typing import Any

from airflow.providers.docker.operators.docker import DockerOperator
from airflow.sdk import Context
from airflow.sdk.exceptions import AirflowException
from docker.errors import APIError

from pipeline.connections import database_environment, store_environment
from pipeline.settings import Settings
from pipeline.spec import Size, TaskSpec
from pipeline.task_container import TaskContainer

# Seconds between SIGTERM and SIGKILL, the same on every engine; the programs end within six.
STOP_SECONDS = 10
ATTEMPT = "pipeline.attempt"


def build(spec: TaskSpec, settings: Settings, **kwargs: Any) -> "DockerTask":
    """The operator for that task; `kwargs` are Airflow's own."""
    return DockerTask(spec=spec, settings=settings, **kwargs)


class _Client:
    """Docker's client, adding to each container what DockerOperator has no argument for, and remembering how it ended."""

    def __init__(self, client: Any, host_config: Mapping[str, Any]) -> None:
        self._client, self._host_config = client, host_config
        self.secrets: Mapping[str, str] = {}
        self.exit_code: int | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    def create_host_config(self, **kwargs: Any) -> Any:
        return self._client.create_host_config(**{**kwargs, **self._host_config})

    def create_container(self, *, environment: Mapping[str, str], **kwargs: Any) -> Any:
        return self._client.create_container(environment={**environment, **self.secrets}, **kwargs)

    def wait(self, container: str) -> Any:
        result = self._client.wait(container)
        self.exit_code = result["StatusCode"]
        return result


class DockerTask(TaskContainer, DockerOperator):
    """DockerOperator with the pipeline's contract: nothing writable but /tmp, no rights, real limits, no way to the host."""

    template_fields = (*DockerOperator.template_fields, *TaskContainer.contract_fields)

    def __init__(self, *, spec: TaskSpec, settings: Settings, batch: Any, **kwargs: Any) -> None:
        super().__init__(
            image=settings.image(spec.name),
            network_mode=settings.environment.get("PIPELINE_DOCKER_NETWORK") or "text-corpus-data",
            mem_limit=f"{spec.size.memory_mib}m",
            auto_remove="force",
            mount_tmp_dir=False,
            api_version="auto",
            timeout=300,
            log_opts_max_size="10m",
            log_opts_max_file="3",
            **kwargs,
        )
        self.set_contract(spec, settings, batch)
        self._hardened: _Client | None = None

    @property
    def cli(self) -> _Client:
        """The seam that DockerOperator offers: whatever it asks of Docker goes through here."""
        if self._hardened is None:
            self._hardened = _Client(self.hook.api_client, host_config_of(self.spec.size))
        return self._hardened

    def set_call(self, arguments: list[str], environment: dict[str, str]) -> None:
        self.command, self.environment = arguments, environment

    def exit_code(self) -> int | None:
        return self.cli.exit_code

    def execute(self, context: Context) -> dict[str, Any]:
        identity, attempt = self.identity_of(context), context["ti"].try_number
        self.labels = {**identity, ATTEMPT: str(attempt)}  # no template field, hence here
        self.environment["PIPELINE_IMAGE_DIGEST"] = self._image_digest()
        self.cli.secrets = {**store_environment(), **(database_environment() if self.spec.uses_database else {})}
        self._remove(identity, lambda labels: int(labels.get(ATTEMPT, "0")) < attempt)
        if self.spec.sweeps:
            self._remove(self.run_identity_of(context), lambda labels: labels.get("pipeline.task") != context["ti"].task_id)
        return super().execute(context)

    def on_kill(self) -> None:
        _unless_gone(super().on_kill)

    def _image_digest(self) -> str:
        """The registry's digest, or for an image built here its id. Asked first: the proxy allows no pull, and its refusal says little."""
        found = self.cli.images(name=self.image)
        if not found:
            raise AirflowException(f"The Docker engine has no image {self.image}: build it (make images) or pull it there")
        digests = found[0].get("RepoDigests") or []
        return digests[0].rpartition("@")[2] if digests else found[0]["Id"]

    def _remove(self, labels: Mapping[str, str], is_stale: Callable[[Mapping[str, str]], bool]) -> None:
        """Stops and removes containers that outlived the process which started them."""
        for found in self.cli.containers(all=True, filters={"label": [f"{name}={value}" for name, value in labels.items()]}):
            if is_stale(found["Labels"]):
                self.log.warning("Removing container %s (%s) left by an earlier attempt", found["Id"][:12], found["State"])
                _unless_gone(self.cli.stop, found["Id"], timeout=STOP_SECONDS)
                _unless_gone(self.cli.remove_container, found["Id"], force=True)


def _unless_gone(call: Callable[..., Any], *args: Any, **kwargs: Any) -> None:
    """The earlier attempt's process may still live and remove the container at the same moment."""
    try:
        call(*args, **kwargs)
    except APIError as error:
        if error.status_code not in (404, 409):
            raise


def host_config_of(size: Size) -> dict[str, Any]:
    """What DockerOperator cannot say. Its `cpus` is only a weight among containers, so it is replaced by a real limit."""
    return {
        "init": True,
        "read_only": True,
        "cap_drop": ["ALL"],
        "security_opt": ["no-new-privileges:true"],
        "pids_limit": 256,
        "tmpfs": {"/tmp": "rw,noexec,nosuid,nodev,size=512m"},
        "memswap_limit": f"{size.memory_mib}m",
        "nano_cpus": size.cpu_milli * 1_000_000,
        "cpu_shares": None,
    }
