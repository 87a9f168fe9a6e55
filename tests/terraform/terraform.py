"""Runs Terraform on a copy of the configuration, against a stand-in for AWS."""

import json
import os
import pathlib
import shutil
import subprocess
from collections.abc import Iterator

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
REGION = "eu-central-1"
SOURCE_BUCKET = "somebody-elses-archive"  # a bucket that the deployments under test may read below texts/


def environment(endpoint: str) -> dict[str, str]:
    """What a Terraform process gets: the stand-in's address and keys that open nothing real."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "TF_"))}
    config = os.environ.get("TF_CLI_CONFIG_FILE")
    if config and pathlib.Path(config).is_file():
        inherited["TF_CLI_CONFIG_FILE"] = config
    return inherited | {
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_REGION": REGION,
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_MAX_ATTEMPTS": "4",  # the provider tries 25 times, for minutes
        "CHECKPOINT_DISABLE": "1",
        "NO_PROXY": "127.0.0.1",
        "no_proxy": "127.0.0.1",
        "TF_IN_AUTOMATION": "1",
        "TF_INPUT": "0",
    }


def copy_of_configuration(target: pathlib.Path) -> pathlib.Path:
    """Without what a run leaves behind, so that no state or variable file of this checkout reaches a test."""
    leftovers = shutil.ignore_patterns(".terraform", "*.tfstate*", "*.tfvars", "backend.hcl", "*.tfplan")
    return shutil.copytree(REPOSITORY / "terraform", target / "terraform", ignore=leftovers)


def _resources_of(module: dict) -> Iterator[dict]:
    yield from (resource for resource in module.get("resources", []) if resource["mode"] == "managed")
    for child in module.get("child_modules", []):
        yield from _resources_of(child)


class Root:
    """One root configuration: a folder in which Terraform runs."""

    def __init__(self, folder: pathlib.Path, endpoint: str, variables: dict[str, str] | None = None):
        self.folder = folder
        self._environment = environment(endpoint) | {f"TF_VAR_{name}": value for name, value in (variables or {}).items()}

    def init(self, *arguments: str) -> None:
        mirror = os.environ.get("TF_PLUGIN_DIR")
        self("init", *([f"-plugin-dir={mirror}"] if mirror else []), *arguments)

    def apply(self, *arguments: str) -> None:
        self("apply", "-auto-approve", *arguments)

    def destroy(self, *arguments: str) -> None:
        self("destroy", "-auto-approve", *arguments)

    def outputs(self) -> dict:
        return {name: output["value"] for name, output in json.loads(self("output", "-json")).items()}

    def managed(self) -> list[dict]:
        """Every resource of the state, those of nested modules included."""
        return list(_resources_of(json.loads(self("show", "-json")).get("values", {}).get("root_module", {})))

    def plan(self) -> str:
        """What a plan would do now, as JSON."""
        self("plan", "-out=again.tfplan")
        return self("show", "-json", "again.tfplan")

    def try_(self, *arguments: str) -> subprocess.CompletedProcess:
        command = ["terraform", arguments[0], "-no-color", *arguments[1:]]
        return subprocess.run(command, cwd=self.folder, env=self._environment, capture_output=True, text=True)

    def __call__(self, *arguments: str) -> str:
        done = self.try_(*arguments)
        if done.returncode != 0:
            raise AssertionError(f"terraform {' '.join(arguments)} in {self.folder.name}:\n{done.stdout[-3000:]}\n{done.stderr[-6000:]}")
        return done.stdout
