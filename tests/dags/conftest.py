"""What the tests of the DAGs share. `world` comes first: it sets what Airflow reads on import."""

import pytest

from world import REPOSITORY


@pytest.fixture(scope="session")
def metadata_db():
    """Airflow's own tables, made once."""
    from airflow.utils.db import initdb

    initdb()


@pytest.fixture(scope="session")
def text_corpus():
    """The DAG, loaded as Airflow loads it."""
    from airflow.dag_processing.dagbag import DagBag

    bag = DagBag(dag_folder=str(REPOSITORY / "dags"))
    assert bag.import_errors == {}
    return bag.dags["text_corpus"]
