"""Task definitions that stand in the stand-in, run as ECS would run them: their own program, environment, secrets and role.

What differs from AWS: the program is the one of this checkout and not its image, the S3 address is the stand-in's, and the database
is a server on this machine, without TLS.
"""

import contextlib
import json
import os
import pathlib
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from terraform import REPOSITORY

DATABASE = "corpus"


@dataclass(frozen=True)
class Server:
    """A PostgreSQL server; `sql` runs a statement as its superuser and gives the rows."""

    address: str
    sql: Callable[..., list[dict]]

    def make_owner(self, login: dict[str, str]) -> None:
        """The role and the database that RDS makes: it may create roles, and is no superuser."""
        self.sql(f"create role {login['username']} login createrole createdb password {literal(login['password'])}")
        self.sql(f"create database {DATABASE} owner {login['username']}")


def literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


@contextlib.contextmanager
def database_server(folder: pathlib.Path) -> Iterator[Server]:
    command = ["node", "tests/terraform/database.mjs", str(folder)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, cwd=REPOSITORY, text=True, bufsize=1, **pipes) as process:
        address = process.stdout.readline().strip()
        if not address:
            raise AssertionError(f"database.mjs ended with {process.wait()}")

        def sql(statement: str, database: str = "postgres") -> list[dict]:
            process.stdin.write(json.dumps({"database": database, "sql": statement}) + "\n")
            answer = process.stdout.readline()
            if not answer:
                raise AssertionError(f"database.mjs ended at: {statement}")
            return json.loads(answer)

        try:
            yield Server(address, sql)
        finally:
            process.stdin.close()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=30)
            process.kill()


class Containers:
    """Starts containers of one deployment. `clients` makes a client of a service, as the administrator or with given keys."""

    def __init__(self, families: dict[str, str], endpoint: str, clients: Callable, server: Server):
        self._families, self._endpoint, self._clients, self._server = families, endpoint, clients, server

    def keys_of(self, role_arn: str) -> dict[str, str]:
        """Temporary keys of a role, under the names of the environment."""
        keys = self._clients("sts").assume_role(RoleArn=role_arn, RoleSessionName="test")["Credentials"]
        return {
            "AWS_ACCESS_KEY_ID": keys["AccessKeyId"],
            "AWS_SECRET_ACCESS_KEY": keys["SecretAccessKey"],
            "AWS_SESSION_TOKEN": keys["SessionToken"],
        }

    def run(self, task: str, arguments: list[str], environment: dict[str, str] | None = None) -> subprocess.CompletedProcess:
        """One task, as the scheduler starts it: a command line, and what changes between runs."""
        definition = self._clients("ecs").describe_task_definition(taskDefinition=self._families[task])["taskDefinition"]
        (container,) = definition["containerDefinitions"]
        given = {variable["name"]: variable["value"] for variable in container["environment"]}
        given |= {secret["name"]: self.secret(secret["valueFrom"]) for secret in container["secrets"]}
        if "DATABASE_URL" in given:
            given["DATABASE_URL"] = f"{self._server.address}/{DATABASE}"
        given |= self.keys_of(definition["taskRoleArn"]) | {"AWS_ENDPOINT_URL_S3": self._endpoint} | (environment or {})
        program = pathlib.Path(urlsplit(container["image"].rsplit(":", 1)[0]).path).name  # .../<project>/<image>:<tag>
        command = [*(container.get("entryPoint") or ["node", "main.js"]), *arguments]
        folder = REPOSITORY / "tasks" / program / "dist"
        return subprocess.run(command, cwd=folder, env={"PATH": os.environ["PATH"], **given}, capture_output=True, text=True)

    def secret(self, value_from: str) -> str:
        """The value behind `<secret's ARN>:<JSON key>:<stage>:<version>`, as ECS fetches it."""
        arn, key, _stage, _version = value_from.rsplit(":", 3)
        return json.loads(self._clients("secretsmanager").get_secret_value(SecretId=arn)["SecretString"])[key]
