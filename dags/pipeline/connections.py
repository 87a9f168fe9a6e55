"""Airflow connections to the environment variables that a container reads secrets from; asked for when a task runs, never before."""

from typing import Any
from urllib.parse import quote

from airflow.sdk import BaseHook, Connection
from airflow.sdk.log import mask_secret

STORE = "pipeline_store"
DATABASE = "pipeline_db"


def store_environment() -> dict[str, str]:
    """How a container reaches the object store. Without keys in the connection it is left to the container's own role."""
    connection = BaseHook.get_connection(STORE)
    extra = connection.extra_dejson
    found = {
        "AWS_ACCESS_KEY_ID": connection.login,
        "AWS_SECRET_ACCESS_KEY": connection.password,
        "AWS_SESSION_TOKEN": extra.get("aws_session_token"),
        "AWS_REGION": extra.get("region_name"),
        "AWS_ENDPOINT_URL_S3": extra.get("endpoint_url"),
    }
    return {name: value for name, value in found.items() if value}


def database_environment() -> dict[str, str]:
    """The database's address with its password, and masked in the task's log should anything print it."""
    url = database_url_of(BaseHook.get_connection(DATABASE))
    mask_secret(url)
    return {"DATABASE_URL": url}


def database_url_of(connection: Connection) -> str:
    """By hand: Connection.get_uri() adds Airflow's own extras, which a database driver would take for its parameters."""
    user, password = quote(connection.login or "", safe=""), quote(connection.password or "", safe="")
    return f"postgresql://{user}:{password}@{connection.host}:{connection.port or 5432}/{connection.schema}"


def lineage_environment(ti: Any) -> dict[str, str]:
    """Airflow's OpenLineage ids of this task and its run. Empty when the provider is absent or off, or fails: lineage fails no task."""
    try:
        from airflow.providers.openlineage import conf
        from airflow.providers.openlineage.plugins import macros

        if conf.is_disabled():
            return {}
        return {
            "OPENLINEAGE_PARENT_ID": macros.lineage_parent_id(ti),
            "OPENLINEAGE_ROOT_PARENT_ID": macros.lineage_root_parent_id(ti),
        }
    except Exception as error:  # whatever a third party's plugin throws
        ti.log.warning("OpenLineage ids are left out: %s", type(error).__name__)
        return {}
