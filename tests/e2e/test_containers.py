"""What a task container and the proxy before the engine allow, looked at from outside while they run."""

import json

import pytest

from stack import PROJECT, run

PROXY = "http://docker-proxy:2375/v1.45"
IMAGE = "text-corpus/ingest:local"


def ask(stack, method, path, body=None):
    """The status of a request that the scheduler makes: nobody else can reach the proxy."""
    code = (
        "import requests, sys; m, u, b = sys.argv[1:]; "
        "print(requests.request(m, u, data=b or None, headers={'Content-Type': 'application/json'}, timeout=20).status_code)"
    )
    return int(stack.compose("exec", "-T", "scheduler", "python", "-c", code, method, f"{PROXY}{path}", body or ""))


@pytest.fixture(scope="module")
def inspected(stack):
    """An ingest container, as docker inspect shows it while it runs."""
    run_id = stack.trigger(source=f"s3://{stack.bucket}/raw/", dataset="inspected")
    container = stack.wait_for_container(run_id, "ingest")
    assert stack.ended(run_id) == "success"
    return container


def test_a_task_container_can_write_only_to_tmp_and_has_no_rights_and_real_limits(inspected):
    host = inspected["HostConfig"]
    assert (
        host["ReadonlyRootfs"] and host["CapDrop"] == ["ALL"] and not host["Privileged"] and not host["Binds"] and not inspected["Mounts"]
    )
    assert host["SecurityOpt"] == ["no-new-privileges:true"] and host["Init"] and host["PidsLimit"] == 256
    assert host["NanoCpus"] > 0 and host["Memory"] == host["MemorySwap"] > 0
    assert inspected["Config"]["User"] == "1000:1000"
    assert list(inspected["NetworkSettings"]["Networks"]) == [f"{PROJECT}-data"]


def test_a_task_container_carries_no_secret_that_it_does_not_need(inspected, stack):
    environment = "\n".join(inspected["Config"]["Env"])
    assert "DATABASE_URL" not in environment
    assert stack.settings["CORPUS_OWNER_PASSWORD"] not in environment and stack.settings["POSTGRES_PASSWORD"] not in environment


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/info"),
        ("POST", "/containers/0123456789ab/exec"),
        ("GET", "/containers/0123456789ab/archive?path=/"),
        ("PUT", "/containers/0123456789ab/archive?path=/"),
        ("POST", "/build"),
        ("POST", "/images/create?fromImage=debian"),
        ("GET", "/volumes"),
        ("POST", "/containers/0123456789ab/update"),
        ("POST", "//containers/create"),
    ],
)
def test_the_proxy_refuses_what_the_operator_never_asks(stack, method, path):
    assert ask(stack, method, path) == 403


@pytest.mark.parametrize(
    "host",
    [
        {"Privileged": True},
        {"pRiViLeGeD": True},
        {"Binds": ["/:/host"]},
        {"Mounts": [{"Type": "bind", "Source": "/", "Target": "/host"}]},
        {"Mounts": [{"Type": "volume", "Target": "/host", "VolumeOptions": {"DriverConfig": {"Options": {"device": "/"}}}}]},
        {"NetworkMode": "host"},
        {"PidMode": "host"},
        {"CapAdd": ["SYS_ADMIN"]},
        {"SecurityOpt": ["seccomp=unconfined"]},
        {"Devices": [{"PathOnHost": "/dev/sda"}]},
    ],
)
def test_the_proxy_refuses_a_container_that_reaches_the_host(stack, host):
    assert ask(stack, "POST", "/containers/create", json.dumps({"Image": IMAGE, "HostConfig": host})) == 403


def test_the_proxy_refuses_what_hides_from_it(stack):
    escaped = json.dumps({"Image": IMAGE, "HostConfig": {"Privileged": True}}).replace("Privileged", "\\u0050rivileged")
    assert ask(stack, "POST", "/containers/create", escaped) == 403
    padded = json.dumps({"Image": IMAGE, "Env": ["X=" + "x" * 70_000], "HostConfig": {"Privileged": True}})
    assert ask(stack, "POST", "/containers/create", padded) == 413


def test_nobody_but_the_scheduler_finds_the_proxy(stack):
    code = "import socket\ntry: socket.getaddrinfo('docker-proxy', 2375); print('found')\nexcept OSError: print('unknown')"
    assert stack.compose("exec", "-T", "api-server", "python", "-c", code).strip() == "unknown"


def test_ports_are_on_the_loopback_interface_only(stack):
    published = run("docker", "ps", "--filter", f"label=com.docker.compose.project={PROJECT}", "--format", "{{.Ports}}")
    addresses = [port.split("->")[0] for line in published.splitlines() for port in line.split(", ") if "->" in port]
    assert len(addresses) == 3 and all(address.startswith("127.0.0.1:") for address in addresses)


def test_secrets_are_in_no_log_no_rendered_field_and_no_event(stack):
    secrets = [value for name, value in stack.settings.items() if name.endswith(("PASSWORD", "_KEY", "_SECRET")) and value]
    assert len(secrets) > 7
    said = stack.compose("logs", "--no-color")
    written = stack.compose("exec", "-T", "scheduler", "bash", "-c", "cat $(find /opt/airflow/logs -type f)")
    tasks = json.dumps(stack.api("GET", "/dags/text_corpus/dagRuns/~/taskInstances?limit=200"))
    for secret in secrets:
        assert secret not in said and secret not in written and secret not in tasks
