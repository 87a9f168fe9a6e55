"""A Docker engine whose containers are a few lines of Python: they write the manifest that --out names, and end with the code asked for."""

import json
from typing import Any

import boto3

from world import BUCKET, REPOSITORY, S3_URL

EXAMPLES = REPOSITORY / "shared/contracts/examples/valid"
BATCHES = ("00000000000000aa", "00000000000000bb")


def s3_client() -> Any:
    return boto3.client("s3", endpoint_url=S3_URL, region_name="us-east-1", aws_access_key_id="k", aws_secret_access_key="s")


def manifest_of(task: str, batch: str, run_id: str, batches=BATCHES) -> dict[str, Any]:
    """What that task would write, made from the contract's own examples."""
    example = "run-manifest.whole-source.json" if task == "ingest" else "manifest.load.json"
    manifest = json.loads((EXAMPLES / example).read_text())
    manifest |= {"task": task, "batchId": batch}
    manifest["run"]["id"] = run_id
    if task == "ingest":
        manifest["batches"] = [
            {"id": b, "uri": f"s3://{BUCKET}/runs/{run_id}/ingest/{b}.json", "documents": 64, "bytes": 1} for b in batches
        ]
    return manifest


class FakeEngine:
    """All that the operator asks of docker.APIClient. `exits` maps "task" or "task/batch" to an exit code."""

    def __init__(self) -> None:
        self.exits: dict[str, int] = {}
        self.batches: tuple[str, ...] = BATCHES
        self.broken: set[str] = set()
        self.created: list[dict[str, Any]] = []
        self.others: list[dict[str, Any]] = []
        self.calls: list[tuple[str, str]] = []

    def images(self, name: str) -> list[dict[str, Any]]:
        return [{"Id": f"sha256:{'0' * 64}", "RepoDigests": []}]

    def create_host_config(self, **kwargs: Any) -> dict[str, Any]:
        return kwargs

    def create_container(self, **kwargs: Any) -> dict[str, str]:
        self.created.append(kwargs)
        return {"Id": str(len(self.created) - 1)}

    def attach(self, container: str, **kwargs: Any) -> Any:
        return iter([b'{"event":"started"}\n'])

    def start(self, container: str) -> None:
        self.calls.append(("start", container))

    def wait(self, container: str) -> dict[str, int]:
        created = self.created[int(container)]
        out = created["command"][created["command"].index("--out") + 1]
        key = out.removeprefix(f"s3://{BUCKET}/")
        run_id, task, batch = [*key.removeprefix("runs/").removesuffix(".json").split("/"), ""][:3]
        code = self.exits.get(f"{task}/{batch}", self.exits.get(task, 0))
        if code == 0:
            manifest = manifest_of(task, batch, run_id, self.batches)
            if task in self.broken:
                manifest["counts"]["documents"]["in"] += 1
            s3_client().put_object(Bucket=BUCKET, Key=key, Body=json.dumps(manifest))
        return {"StatusCode": code}

    def stop(self, container: str, timeout: int = 10) -> None:
        self.calls.append(("stop", container))

    def remove_container(self, container: str, force: bool = False) -> None:
        self.calls.append(("remove", container))

    def containers(self, all: bool, filters: dict[str, list[str]]) -> list[dict[str, Any]]:
        wanted = dict(label.split("=", 1) for label in filters["label"])
        return [c for c in self.others if wanted.items() <= c["Labels"].items()]
