"""Python and TypeScript agree: the examples, the schemas, and the flags that the programs take."""

import json
import re
import shutil
import subprocess

import pytest

from pipeline.manifests import faults_of
from pipeline.spec import TASKS
from world import REPOSITORY

EXAMPLES = REPOSITORY / "shared/contracts/examples"


def examples(kind):
    return sorted(path for path in (EXAMPLES / kind).glob("*.json") if path.name.startswith(("manifest.", "run-manifest.")))


@pytest.mark.parametrize("path", examples("valid"), ids=lambda path: path.stem)
def test_a_valid_example_has_no_fault(path):
    assert faults_of(json.loads(path.read_text())) == []


@pytest.mark.parametrize("path", examples("invalid"), ids=lambda path: path.stem)
def test_an_invalid_example_has_one(path):
    assert faults_of(json.loads(path.read_text()))


def test_sums_that_lose_a_record_are_a_fault():
    manifest = json.loads((EXAMPLES / "valid/manifest.load.json").read_text())
    manifest["counts"]["chunks"]["in"] += 1
    assert any(fault.startswith("chunks:") for fault in faults_of(manifest))


def test_what_is_no_manifest_is_a_fault_and_no_crash():
    for value in (None, [], "text", {}, {"schema": "manifest/9"}):
        assert faults_of(value)


@pytest.mark.parametrize("task", TASKS.values(), ids=TASKS.keys())
def test_the_program_knows_every_flag_that_the_dag_gives(task):
    main = REPOSITORY / "tasks" / task.name / "dist/main.js"
    if not main.exists() or not shutil.which("node"):
        pytest.skip(f"{main.relative_to(REPOSITORY)} is not built")
    usage = subprocess.run(["node", main, "--help"], capture_output=True, text=True, check=True, timeout=60).stdout
    assert {"in", "out", "force", *task.flags} <= set(re.findall(r"^ +--([a-z-]+)", usage, re.MULTILINE))
