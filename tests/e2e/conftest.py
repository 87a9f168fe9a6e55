"""One stack for all tests. Without an engine or its images there is nothing to start: one line says so."""

import subprocess
import time
from datetime import UTC, datetime, timedelta

import pytest

from stack import Stack
from surroundings import DAG, KEPT, REPOSITORY, WORK, image_of, run, until

SAMPLE = WORK / "sample/documents"


def missing() -> str | None:
    """Why the stack cannot be started; None when it can."""
    if subprocess.run(["docker", "info"], capture_output=True, check=False).returncode != 0:
        return "no container engine answers"
    images = [image_of(name) for name in ("ingest", "clean-chunk", "validate", "load", "lineage", "airflow")]
    gone = [image for image in images if subprocess.run(["docker", "image", "inspect", image], capture_output=True, check=False).returncode]
    return f"missing images: {', '.join(gone)}; make images" if gone else None


def books(count: int, skip: int = 0) -> list[tuple[str, bytes]]:
    """That many chapters of a novel, which the recipe keeps."""
    paths = sorted((SAMPLE / "prose/moby-dick").glob("*.txt"))[skip : skip + count]
    return [(path.name, path.read_bytes()) for path in paths]


@pytest.fixture(scope="session")
def yesterday() -> str:
    return (datetime.now(UTC) - timedelta(days=1 if datetime.now(UTC).hour >= 2 else 2)).date().isoformat()


@pytest.fixture(scope="session")
def stack(yesterday):
    if reason := missing():
        pytest.skip(f"e2e: {reason}")
    if not SAMPLE.exists():
        run("node", str(REPOSITORY / "local/dist/sample/main.js"), "--out", str(SAMPLE.parent))
    stack = Stack()
    stack.up()
    try:
        for name, body in books(5):
            stack.put(f"raw/{yesterday}/{name}", body)
        until(lambda: stack.request("GET", f"/dags/{DAG}").ok, 120, "seen: the DAG")
        stack.api("PATCH", f"/dags/{DAG}", {"is_paused": False})
        yield stack
    finally:
        if not KEPT:
            stack.down()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """A failed test's report ends with what the stack has to say about it."""
    report = yield
    stack = item.funcargs.get("stack")
    if report.failed and stack:
        try:
            said = stack.diagnosis(call.start if call.when == "call" else time.time() - 300)
        except Exception as error:  # whatever broke the stack may break this too, and must not hide the failure itself
            said = f"no diagnosis: {error}"
        report.sections.append(("the stack", said))
    return report
