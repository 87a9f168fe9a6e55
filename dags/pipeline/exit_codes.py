"""A container's exit code to what Airflow shall do about it, as shared/contracts/exit-codes.json says."""

import json
from dataclasses import dataclass

from airflow.sdk.exceptions import AirflowException, AirflowFailException, AirflowSkipException

from pipeline.settings import CONTRACTS

_RETRY = "retry with backoff"
_EXCEPTIONS = {"fail, no retry": AirflowFailException, "skip": AirflowSkipException, _RETRY: AirflowException}


@dataclass(frozen=True)
class ExitCode:
    """One line of the contract."""

    name: str
    code: int
    airflow: str
    when: str


EXIT_CODES = {entry["code"]: ExitCode(name, **entry) for name, entry in json.loads((CONTRACTS / "exit-codes.json").read_text()).items()}


def exception_of(task: str, code: int) -> AirflowException | None:
    """None for success. A code outside the contract (a bug, out of memory, killed) is tried again, as often as `retries` allows."""
    if code == 0:
        return None
    known = EXIT_CODES.get(code) or ExitCode("unknown", code, _RETRY, "a bug, out of memory (137), or killed")
    return _EXCEPTIONS[known.airflow](f"{task} ended with exit code {code} ({known.name}: {known.when}); Airflow: {known.airflow}")
