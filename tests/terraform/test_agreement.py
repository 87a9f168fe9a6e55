"""Names that two languages must spell alike: what Terraform gives out, what the DAGs read, what the programs read."""

import ast
import json

from terraform import REPOSITORY

DAGS = REPOSITORY / "dags" / "pipeline"
CONTRACT = json.loads((REPOSITORY / "shared/contracts/environment.json").read_text())
# Read by Airflow itself: the connections that pipeline/connections.py names.
CONNECTIONS = {"AIRFLOW_CONN_PIPELINE_STORE"}


def strings_of(*files: str) -> set[str]:
    """Every string in these files of the DAGs."""
    nodes = (node for file in files for node in ast.walk(ast.parse((DAGS / file).read_text())))
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def required_by(file: str) -> set[str]:
    """The settings that an engine cannot do without."""
    calls = (node for node in ast.walk(ast.parse((DAGS / file).read_text())) if isinstance(node, ast.Call))
    return {call.args[0].value for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr == "required"}


def test_the_ecs_engine_gets_every_setting_that_it_asks_for(deployed):
    wanted = required_by("engines/ecs.py")
    assert len(wanted) > 3, "the way in which the engine asks has changed: teach this test the new one"
    assert wanted - deployed.airflow.keys() == set()


def test_airflow_gets_no_setting_that_nobody_reads(deployed):
    assert deployed.airflow.keys() - strings_of("settings.py", "engines/ecs.py") - CONNECTIONS == set()


def test_the_connection_is_the_one_that_the_dags_name(deployed):
    (connection,) = CONNECTIONS
    assert connection.removeprefix("AIRFLOW_CONN_").lower() in strings_of("connections.py")
    assert json.loads(deployed.airflow[connection])["conn_type"] == "aws"


def test_containers_get_only_names_of_the_contract(deployed):
    known = {name for section in CONTRACT.values() for name in section}
    given = {name for names in deployed.outputs["task_environment"].values() for kind in names.values() for name in kind}
    assert given - known == set()


def test_no_secret_of_the_contract_is_given_in_clear(deployed):
    secret = (CONTRACT["secrets"].keys() | CONTRACT["database"].keys()) - {"DATABASE_URL"}
    plain = {name for names in deployed.outputs["task_environment"].values() for name in names["plain"]}
    assert plain & secret == set()
    assert all("@" not in names["plain"].get("DATABASE_URL", "") for names in deployed.outputs["task_environment"].values())
