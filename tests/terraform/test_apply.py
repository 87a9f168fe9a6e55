"""The life of an environment: applied, planned again, and (when its tests are done) destroyed with nothing left."""

from forgotten import FORGOTTEN


def differing(change: dict) -> set[str]:
    """The arguments that an update would set to something else."""
    before, after = change["before"] or {}, change["after"] or {}
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


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
    servers = [resource for resource in deployed.root.managed() if resource["type"] == "aws_db_instance"]
    assert [server["values"]["password"] for server in servers] == [None]


def test_every_output_is_given(deployed):
    assert [name for name, value in deployed.outputs.items() if value in (None, "", [], {})] == []
