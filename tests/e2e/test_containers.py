"""What a task container and the proxy before the engine allow, looked at from outside while they run."""

import json

import pytest

from surroundings import PROJECT, image_of, run

PROXY = "http://docker-proxy:2375/v1.45"
IMAGE = image_of("ingest")


REFUSED = {
    "info": ("GET", "/info"),
    "exec": ("POST", "/containers/0123456789ab/exec"),
    "read a file": ("GET", "/containers/0123456789ab/archive?path=/"),
    "write a file": ("PUT", "/containers/0123456789ab/archive?path=/"),
    "build": ("POST", "/build"),
    "pull": ("POST", "/images/create?fromImage=debian"),
    "volumes": ("GET", "/volumes"),
    "update": ("POST", "/containers/0123456789ab/update"),
    "two slashes": ("POST", "//containers/create"),
    "networks": ("POST", "/networks/create"),
}
REACHES_THE_HOST = {
    "privileged": {"Privileged": True},
    "privileged, spelt oddly": {"pRiViLeGeD": True},
    "a bind": {"Binds": ["/:/host"]},
    "a bind mount": {"Mounts": [{"Type": "bind", "Source": "/", "Target": "/host"}]},
    "a bind named volume": {"Mounts": [{"Type": "volume", "Target": "/h", "VolumeOptions": {"DriverConfig": {"Options": {}}}}]},
    "host network": {"NetworkMode": "host"},
    "host processes": {"PidMode": "host"},
    "another's network": {"NetworkMode": "container:0123456789ab"},
    "a capability": {"CapAdd": ["SYS_ADMIN"]},
    "no seccomp": {"SecurityOpt": ["seccomp=unconfined"]},
    "a device": {"Devices": [{"PathOnHost": "/dev/sda"}]},
}
HIDDEN = {
    "escaped": (403, json.dumps({"Image": IMAGE, "HostConfig": {"Privileged": True}}).replace("Privileged", "\\u0050rivileged")),
    "behind 70 kB": (413, json.dumps({"Image": IMAGE, "Env": ["X=" + "x" * 70_000], "HostConfig": {"Privileged": True}})),
}
ASK = """
import json, requests, sys
for name, (method, path, body) in json.load(sys.stdin).items():
    answer = requests.request(method, sys.argv[1] + path, data=body, headers={"Content-Type": "application/json"}, timeout=60)
    print(json.dumps([name, answer.status_code]), flush=True)
"""


@pytest.fixture(scope="module")
def answers(stack):
    """The status of every request below, made by the scheduler: nobody else can reach the proxy."""
    create = {name: json.dumps({"Image": IMAGE, "HostConfig": host}) for name, host in REACHES_THE_HOST.items()}
    create |= {name: body for name, (_, body) in HIDDEN.items()}
    calls = {name: (*call, None) for name, call in REFUSED.items()} | {n: ("POST", "/containers/create", b) for n, b in create.items()}
    calls["allowed"] = ("GET", "/containers/json", None)
    said = stack.compose("exec", "-T", "scheduler", "python", "-c", ASK, PROXY, input=json.dumps(calls))
    return dict(json.loads(line) for line in said.splitlines())


TASKS = ["ingest", "clean-chunk", "validate", "load", "lineage"]


@pytest.fixture(scope="module")
def inspected(stack):
    """One container of each task, as docker inspect shows it while it runs."""
    with stack.watched() as seen:
        run_id = stack.trigger(source=f"s3://{stack.bucket}/raw/", dataset="inspected")
        assert stack.ended(run_id) == "success"
    found = {container["Config"]["Labels"]["pipeline.task"].removeprefix("batch."): container for container in seen}
    assert found.keys() == set(TASKS)
    return found


def secrets_of(stack):
    found = {name: value for name, value in stack.settings.items() if name.endswith(("PASSWORD", "_KEY", "_SECRET")) and value}
    assert len(found) > 7
    return found


@pytest.mark.parametrize("task", TASKS)
def test_a_task_container_can_write_only_to_tmp_and_has_no_rights_and_real_limits(inspected, task):
    container = inspected[task]
    host = container["HostConfig"]
    assert host["ReadonlyRootfs"] and host["CapDrop"] == ["ALL"] and not host["CapAdd"] and not host["Privileged"]
    assert not host["Binds"] and not host["Devices"] and {mount["Destination"] for mount in container["Mounts"]} <= {"/tmp"}
    assert list(host["Tmpfs"]) == ["/tmp"] and "noexec" in host["Tmpfs"]["/tmp"]
    assert host["SecurityOpt"] == ["no-new-privileges:true"] and host["Init"] and host["PidsLimit"] == 256
    assert host["NanoCpus"] > 0 and host["Memory"] == host["MemorySwap"] > 0
    assert container["Config"]["User"] == "1000:1000"
    assert list(container["NetworkSettings"]["Networks"]) == [f"{PROJECT}-data"]
    assert not host["PortBindings"]


@pytest.mark.parametrize("task", TASKS)
def test_a_task_container_knows_only_the_secrets_that_it_needs_and_only_in_its_environment(inspected, stack, task):
    container, secrets = inspected[task], secrets_of(stack)
    needed = {"S3_ACCESS_KEY", "S3_SECRET_KEY"} | ({"CORPUS_TASK_PASSWORD"} if task in ("load", "lineage") else set())
    environment = "\n".join(container["Config"]["Env"])
    assert {name for name, value in secrets.items() if value in environment} == needed
    shown = json.dumps([container["Path"], container["Args"], container["Config"]["Cmd"], container["Config"]["Labels"], container["Name"]])
    assert not [name for name, value in secrets.items() if value in shown]


SERVICES = ["postgres", "s3", "docker-proxy", "api-server", "scheduler", "dag-processor"]


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_is_not_root_and_has_no_rights_and_limits(stack, service):
    container = json.loads(run("docker", "inspect", f"{PROJECT}-{service}-1"))[0]
    host = container["HostConfig"]
    assert host["ReadonlyRootfs"] and host["CapDrop"] == ["ALL"] and not host["CapAdd"] and not host["Privileged"]
    assert host["SecurityOpt"] == ["no-new-privileges:true"]
    assert host["Memory"] > 0 and host["PidsLimit"] > 0
    ids = run("docker", "exec", f"{PROJECT}-{service}-1", "cat", "/proc/1/status")
    assert dict(line.split(":\t") for line in ids.splitlines() if line.startswith(("Uid", "CapEff")))["Uid"].split()[0] != "0"
    assert "CapEff:\t0000000000000000" in ids
    sockets = [mount["Source"] for mount in container["Mounts"] if "docker.sock" in mount["Source"]]
    assert sockets == (["/var/run/docker.sock"] if service == "docker-proxy" else [])


@pytest.mark.parametrize("name", [*REFUSED, *REACHES_THE_HOST])
def test_the_proxy_refuses_what_the_operator_never_asks_and_what_reaches_the_host(answers, name):
    assert (answers["allowed"], answers[name]) == (200, 403)


@pytest.mark.parametrize("name", HIDDEN)
def test_the_proxy_refuses_what_hides_from_it(answers, name):
    assert answers[name] == HIDDEN[name][0]


def test_nobody_but_the_scheduler_finds_the_proxy(stack):
    code = "import socket\ntry: socket.getaddrinfo('docker-proxy', 2375); print('found')\nexcept OSError: print('unknown')"
    assert stack.compose("exec", "-T", "api-server", "python", "-c", code).strip() == "unknown"


def test_ports_are_on_the_loopback_interface_only(stack):
    published = run("docker", "ps", "--filter", f"label=com.docker.compose.project={PROJECT}", "--format", "{{.Ports}}")
    addresses = [port.split("->")[0] for line in published.splitlines() for port in line.split(", ") if "->" in port]
    assert len(addresses) == 3 and all(address.startswith("127.0.0.1:") for address in addresses)


def test_secrets_are_in_no_log_no_rendered_field_and_no_event(stack, inspected):
    places = {
        "the services' output": stack.compose("logs", "--no-color"),
        "the tasks' logs": stack.compose("exec", "-T", "scheduler", "bash", "-c", "cat $(find /opt/airflow/logs -type f)"),
        "what the UI shows of tasks": json.dumps(stack.api("GET", "/dags/text_corpus/dagRuns/~/taskInstances?limit=200")),
        "results": json.dumps(stack.api("GET", "/dags/text_corpus/dagRuns/~/taskInstances/~/xcomEntries?limit=200")),
    }
    found = {place: [name for name, value in secrets_of(stack).items() if value in text] for place, text in places.items()}
    assert found == {place: [] for place in places}
