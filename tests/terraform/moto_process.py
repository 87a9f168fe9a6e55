"""A moto server of the tests' own, on a free port of the loopback interface."""

import contextlib
import os
import pathlib
import socket
import subprocess
import sys
import time


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def moto_server(log: pathlib.Path, rights_log: pathlib.Path | None = None):
    """Yields the address of a server that knows nothing yet, and ends it afterwards. `rights_log`: see s3_rights.py."""
    port = free_port()
    command = [sys.executable, str(pathlib.Path(__file__).with_name("moto_with_conditions.py")), "-H", "127.0.0.1", "-p", str(port)]
    # Without it moto knows no policy that AWS itself provides, such as the one for enhanced monitoring.
    environment = os.environ | {"MOTO_IAM_LOAD_MANAGED_POLICIES": "true"} | ({"RIGHTS_LOG": str(rights_log)} if rights_log else {})
    with log.open("w") as output, subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, env=environment) as server:
        try:
            _wait_for(port, server, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _wait_for(port: int, server: subprocess.Popen, log: pathlib.Path, seconds: float = 180) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise AssertionError(f"moto_server ended with {server.returncode}: {log.read_text()[-2000:]}")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise AssertionError(f"moto_server does not answer on port {port} after {seconds:.0f} s")
