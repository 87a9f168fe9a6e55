"""Applies, plans again and destroys both environments in a stand-in for AWS, and writes results/terraform.json; run by `make proof`."""

import datetime
import json
import os
import pathlib
import platform
import subprocess
import sys
import time
import xml.etree.ElementTree as xml

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
RESULTS = REPOSITORY / "tests" / "proof" / "results"
CACHE = REPOSITORY / ".cache" / "terraform"

# What is asked, and which tests of tests/terraform answer it.
QUESTIONS = [
    ("environments applied, planned again, destroyed with nothing left", "test_apply", "dev and prod, their state in the bootstrap's bucket"),
    ("the second plan and checkov's findings, against the lists of reasons", "test_forgotten", "what the stand-in is known to forget, each shown"),
    ("the five programs, run with the roles made for them", "test_least_privilege", "each does its whole job, and nothing else is allowed"),
    ("names and use: Airflow's settings, the S3 adapter, the ECS operator's calls", ("test_agreement", "test_use"), "they fit what was made"),
    ("costs named in terraform/README.md", "test_costs", "the counts are those of what was made"),
]


def main() -> int:
    began = time.monotonic()
    CACHE.mkdir(parents=True, exist_ok=True)
    figures = CACHE / "figures.json"
    figures.unlink(missing_ok=True)
    venv = subprocess.run(["bash", "scripts/venv", "terraform-venv", "tests/terraform/requirements.txt"], cwd=REPOSITORY, check=True, capture_output=True, text=True)
    subprocess.run(["bash", "scripts/venv", "checkov-venv", "tests/terraform/requirements-checkov.txt"], cwd=REPOSITORY, check=True, stdout=subprocess.DEVNULL)
    report = CACHE / "proof.xml"
    command = [f"{venv.stdout.strip()}/bin/python", "-m", "pytest", "-rs", f"--junitxml={report}", "tests/terraform"]
    ended = subprocess.run(command, cwd=REPOSITORY, env=os.environ | {"PROOF": "1"}).returncode
    cases = list(xml.parse(report).getroot().iter("testcase"))
    trials = [trial_of(cases, *question) for question in QUESTIONS]
    result = {
        "topic": "terraform",
        "title": "The cloud it runs on, applied to a stand-in for AWS",
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "machine": machine(),
        "seed": None,
        "seconds": round(time.monotonic() - began),
        "trials": trials,
        "figures": json.loads(figures.read_text()) if figures.exists() else {},
    }
    (RESULTS / "terraform.json").write_text(json.dumps(result, indent=2) + "\n")
    for trial in trials:
        print(f"{'held' if trial['held'] == trial['times'] else 'FAILED'} {trial['held']}/{trial['times']} {trial['tried']}: {trial['outcome']}")
    return ended or any(trial["held"] < trial["times"] for trial in trials)


def trial_of(cases: list[xml.Element], tried: str, modules: str | tuple[str, ...], outcome: str) -> dict:
    """A skipped test is one that did not hold: here everything has to run."""
    wanted = (modules,) if isinstance(modules, str) else modules
    own = [case for case in cases if case.get("classname", "").split(".")[-1] in wanted]
    held = [case for case in own if not any(case.find(kind) is not None for kind in ("failure", "error", "skipped"))]
    return {"tried": tried, "times": max(1, len(own)), "held": len(held), "outcome": outcome}


def machine() -> dict:
    node = subprocess.run(["node", "--version"], check=True, capture_output=True, text=True).stdout.strip()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "cpus": len(os.sched_getaffinity(0)),
        "memoryGb": round(memory / 2**30),
        "platform": f"{sys.platform} {platform.machine()}",
        "node": node,
    }


if __name__ == "__main__":
    sys.exit(main())
