"""What the tests of the DAGs share. `world` comes first: it sets what Airflow reads on import."""

import pytest

from world import BUCKET, REPOSITORY, S3_PORT


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


@pytest.fixture(scope="session")
def s3():
    """An S3 server on this machine, with the bucket."""
    from moto.server import ThreadedMotoServer

    from fake_engine import s3_client

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=S3_PORT)
    server.start()
    s3_client().create_bucket(Bucket=BUCKET)
    yield
    server.stop()


@pytest.fixture
def engine(s3, monkeypatch):
    """A fake Docker engine behind the real operator."""
    from airflow.providers.docker.hooks.docker import DockerHook

    from fake_engine import FakeEngine

    fake = FakeEngine()
    monkeypatch.setattr(DockerHook, "api_client", fake)
    return fake
