"""The table of costs in terraform/README.md: its counts are those of what stands, and its sums are right."""

import re

import pytest
from terraform import REPOSITORY

ROW = re.compile(r"^\| (dev|prod) \| ([^|]+) \| *([0-9]*) *\| *([0-9.]*) *\| *([0-9]*) *\| \**([0-9.]+)\** \|$", re.MULTILINE)


@pytest.fixture(scope="session")
def rows(deployed) -> dict[str, tuple]:
    """The rows of the environment that stands, by what they count."""
    every = ROW.findall((REPOSITORY / "terraform" / "README.md").read_text())
    return {what.strip(): (count, price, hours, month) for name, what, count, price, hours, month in every if name == deployed.name}


def values_of(deployed, kind: str) -> list[dict]:
    return [resource["values"] for resource in deployed.managed if resource["type"] == kind]


def test_counts_are_those_of_what_stands(deployed, rows):
    (server,) = values_of(deployed, "aws_db_instance")
    standby = 2 if server["multi_az"] else 1
    endpoints = sum(len(endpoint["subnet_ids"]) for endpoint in values_of(deployed, "aws_vpc_endpoint") if endpoint["vpc_endpoint_type"] == "Interface")
    suffix = ", with standby" if server["multi_az"] else ""
    assert {what: int(count) for what, (count, *_) in rows.items() if count} == {
        f"server {server['instance_class']}{suffix}": standby,
        f"GiB of its gp3 storage{suffix}": standby * server["allocated_storage"],
        "interface endpoints, each zone": endpoints,
        "encryption keys": len(values_of(deployed, "aws_kms_key")),
        "secrets": len(server["master_user_secret"]),
    }


def test_sums_are_right(rows):
    months = {what: float(month) for what, (*_, month) in rows.items()}
    assert {what: round(int(count) * float(price) * int(hours or 1), 2) for what, (count, price, hours, _) in rows.items() if count} == {
        what: month for what, month in months.items() if what != "**in all**"
    }
    assert months["**in all**"] == round(sum(months.values()) - months["**in all**"], 2)


def test_nothing_that_is_paid_by_the_hour_is_left_out(deployed):
    assert [kind for kind in ("aws_nat_gateway", "aws_lb", "aws_eip", "aws_rds_cluster", "aws_ecs_service") if values_of(deployed, kind)] == []
