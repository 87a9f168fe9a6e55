"""Environments that really stand, in a stand-in for AWS, for as long as the tests look at them."""

import json
import os
import pathlib
import shutil
from collections.abc import Iterator

import boto3
import pytest
from deployment import Deployment
from moto_process import moto_server
from terraform import REGION, REPOSITORY, SOURCE_BUCKET, Root, copy_of_configuration

ENVIRONMENTS = ("dev", "prod") if os.environ.get("PROOF") == "1" else ("dev",)


@pytest.fixture(scope="session")
def rights_log(tmp_path_factory) -> pathlib.Path:
    """Where the stand-in notes what it decided for requests of roles."""
    return tmp_path_factory.mktemp("rights") / "log"


@pytest.fixture(scope="session")
def endpoint(tmp_path_factory, rights_log) -> Iterator[str]:
    """The stand-in's address."""
    if shutil.which("terraform") is None:
        pytest.skip("no terraform on the PATH")
    with moto_server(tmp_path_factory.mktemp("moto") / "log", rights_log) as address:
        yield address


@pytest.fixture(scope="session")
def aws(endpoint):
    """A client of one of the stand-in's services, as an administrator has it."""
    keys = {"aws_access_key_id": "testing", "aws_secret_access_key": "testing"}
    return lambda service: boto3.client(service, endpoint_url=endpoint, region_name=REGION, **keys)


@pytest.fixture(scope="session")
def configuration(tmp_path_factory) -> pathlib.Path:
    """A copy of terraform/ to run in."""
    return copy_of_configuration(tmp_path_factory.mktemp("configuration"))


@pytest.fixture(scope="session")
def state_bucket(endpoint, configuration) -> Root:
    """The bootstrap, applied. It ends with the stand-in: its bucket is made to outlive every environment."""
    root = Root(configuration / "bootstrap", endpoint, {"region": REGION})
    root.init()
    root.apply()
    return root


@pytest.fixture(scope="session")
def source_bucket(aws) -> None:
    """A bucket of somebody else's that deployments list as a source."""
    aws("s3").create_bucket(Bucket=SOURCE_BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})


@pytest.fixture(scope="session", params=ENVIRONMENTS)
def deployed(request, endpoint, configuration, state_bucket, source_bucket) -> Iterator[Deployment]:
    """One environment, applied with its state in the bootstrap's bucket, and destroyed when its tests are done."""
    folder = configuration / "environments" / request.param
    (folder / "backend.hcl").write_text(state_bucket.outputs()["backend"])
    sources = {"archive": {"bucket_arn": f"arn:aws:s3:::{SOURCE_BUCKET}", "prefix": "texts/"}}
    root = Root(folder, endpoint, {"region": REGION, "image_tag": "0.1.0", "sources": json.dumps(sources)})
    root.init("-backend-config=backend.hcl")
    deployment = Deployment(request.param, endpoint, root)
    deployment.timed("apply", root.apply)
    yield deployment
    figures = deployment.figures()
    deployment.end()
    keep({request.param: figures})


def keep(figures: dict) -> None:
    """For whoever runs the tests and writes down what came out: .cache/terraform/figures.json, by environment."""
    file = REPOSITORY / ".cache" / "terraform" / "figures.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps({**(json.loads(file.read_text()) if file.exists() else {}), **figures}, indent=2))
