"""Terraform code, or the plan of a deployment that stands, to what checkov says against it and no exception explains."""

import json
import pathlib
import re
import subprocess
import sys
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

import yaml

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
EXCEPTIONS = REPOSITORY / "terraform" / "exceptions.yaml"
PROGRAM = REPOSITORY / ".cache" / "checkov-venv" / "bin" / "checkov"

Finding = tuple[str, str]  # check, address without instance keys


@dataclass(frozen=True)
class Verdict:
    """One scan held against the exceptions."""

    passed: int
    unexplained: set[Finding] = field(default_factory=set)
    unneeded: set[Finding] = field(default_factory=set)

    def __str__(self) -> str:
        lines = [f"{check} {address}: found, and terraform/exceptions.yaml has no reason for it" for check, address in sorted(self.unexplained)]
        lines += [f"{check} {address}: excepted, but not found any more" for check, address in sorted(self.unneeded)]
        return "\n".join([*lines, f"checkov: {self.passed} checks passed, {len(self.unexplained)} findings without a reason"])


def scan_code(folder: pathlib.Path) -> Verdict:
    return _verdict("code", "--framework", "terraform", "--directory", str(folder))


def scan_plan(plan: pathlib.Path, environment: str) -> Verdict:
    return _verdict(f"plan-{environment}", "--framework", "terraform_plan", "--file", str(plan))


def _verdict(scan: str, *arguments: str) -> Verdict:
    report = _report(*arguments)
    found = {(failed["check_id"], re.sub(r"\[.*?\]", "", failed["resource"])) for failed in report["results"]["failed_checks"]}
    excepted = {(e["check"], e["resource"]) for e in yaml.safe_load(EXCEPTIONS.read_text()) if {scan, scan.split("-")[0]} & set(e["scan"])}
    return Verdict(
        passed=report["summary"]["passed"],
        unexplained={finding for finding in found if not any(_explains(exception, finding) for exception in excepted)},
        unneeded={exception for exception in excepted if not any(_explains(exception, finding) for finding in found)},
    )


def _explains(exception: Finding, finding: Finding) -> bool:
    return exception[0] == finding[0] and fnmatchcase(finding[1], exception[1])


def _report(*arguments: str) -> dict:
    # Nothing is asked of a platform, and no module comes from elsewhere.
    offline = ["--skip-download", "--download-external-modules", "false"]
    command = [str(PROGRAM), *arguments, *offline, "--quiet", "--compact", "--soft-fail", "--output", "json"]
    done = subprocess.run(command, capture_output=True, text=True)
    report = json.loads(done.stdout or "{}")
    if report.get("summary", {}).get("parsing_errors", 1) or done.returncode != 0:
        raise AssertionError(f"checkov did not read all: {done.stdout[-2000:]}{done.stderr[-2000:]}")
    return report


if __name__ == "__main__":
    verdict = scan_code(REPOSITORY / "terraform")
    print(verdict)
    sys.exit(bool(verdict.unexplained or verdict.unneeded))
