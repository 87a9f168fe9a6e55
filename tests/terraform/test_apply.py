"""The life of an environment: applied, planned again, and (when its tests are done) destroyed with nothing left."""

import pytest
from deployment import differing
from findings import PROGRAM, scan_plan
from forgotten import FORGOTTEN


def test_a_second_plan_makes_and_destroys_nothing(deployed):
    assert {address: change["actions"] for address, change in deployed.changes.items() if change["actions"] != ["update"]} == {}


def test_a_second_plan_changes_only_what_the_stand_in_forgets(deployed):
    found = {address: differing(change) - FORGOTTEN.get(change["type"], set()) for address, change in deployed.changes.items()}
    assert {address: names for address, names in found.items() if names} == {}


def test_the_state_lies_encrypted_in_the_bootstraps_bucket(deployed, state_bucket, aws):
    held = aws("s3").head_object(Bucket=state_bucket.outputs()["bucket"], Key=f"{deployed.name}/terraform.tfstate")
    assert held["ServerSideEncryption"] == "aws:kms"
    assert not (deployed.root.folder / "terraform.tfstate").exists()


def test_no_password_is_in_the_state(deployed):
    servers = [resource for resource in deployed.managed if resource["type"] == "aws_db_instance"]
    assert [server["values"]["password"] for server in servers] == [None]


def test_every_output_is_given(deployed):
    assert [name for name, value in deployed.outputs.items() if value in (None, "", [], {})] == []


def test_checkov_finds_nothing_without_a_reason_in_what_stands(deployed, tmp_path):
    """In the plan of a deployment that stands every value is known, so checks see what the code's scan cannot."""
    if not PROGRAM.exists():
        pytest.skip("checkov is not installed: make lint-terraform installs it")
    plan = tmp_path / "plan.json"
    plan.write_text(deployed.plan)
    verdict = scan_plan(plan, deployed.name)
    assert not verdict.unexplained and not verdict.unneeded, str(verdict)
    assert verdict.passed > 300
