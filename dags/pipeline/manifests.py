"""A manifest's URI to its checked content, and to the few numbers that Airflow shows."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from airflow.providers.amazon.aws.hooks.s3 import S3Hook
from airflow.sdk.exceptions import AirflowFailException
from jsonschema import Draft202012Validator

from pipeline.connections import STORE
from pipeline.settings import CONTRACTS

Manifest = dict[str, Any]

# `schema` of a manifest to the file that describes it.
_SCHEMAS = {"manifest/1": "manifest.schema.json", "run-manifest/1": "run-manifest.schema.json"}


@cache
def _validator(file: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads((CONTRACTS / file).read_text()))


def faults_of(manifest: Any) -> list[str]:
    """What is wrong with a manifest: its shape, and sums that lose or invent records. Empty when all is well."""
    schema = manifest.get("schema") if isinstance(manifest, dict) else None
    if schema not in _SCHEMAS:
        return [f"schema is {schema!r}: expected one of {', '.join(_SCHEMAS)}"]
    errors = _validator(_SCHEMAS[schema]).iter_errors(manifest)
    # The path and the rule that broke, not the value: a manifest may name files.
    faults = [f"{error.json_path}: breaks {error.validator}" for error in errors]
    return faults or [fault for kind, counts in manifest["counts"].items() for fault in _imbalance_of(kind, counts)]


def _imbalance_of(kind: str, counts: Mapping[str, Any]) -> list[str]:
    out = counts["kept"] + sum(counts["dropped"].values()) + sum(counts["failed"].values()) + counts["superseded"]
    return [] if counts["in"] == out else [f"{kind}: {counts['in']} in, but {out} kept, dropped, failed or superseded"]


def read_manifest(uri: str) -> Manifest:
    """The manifest at that address. A broken one fails the task for good: a retry would only read it again."""
    bucket, key = S3Hook.parse_s3_url(uri)
    manifest = json.loads(S3Hook(STORE).read_key(key, bucket))
    if faults := faults_of(manifest):
        raise AirflowFailException(f"{uri}: {'; '.join(faults[:5])}")
    return manifest


def read_own_manifest(uri: str, *, task: str, run_id: str, batch: str) -> Manifest:
    """The manifest that a container has just written; refuses one that speaks of another task, run or batch."""
    manifest = read_manifest(uri)
    is_, expected = (manifest["task"], manifest["run"]["id"], manifest["batchId"]), (task, run_id, batch)
    if is_ != expected:
        raise AirflowFailException(f"{uri}: is of task, run, batch {is_}, expected {expected}")
    return manifest


def summary_of(uri: str, manifest: Manifest) -> dict[str, Any]:
    """What a container task returns to Airflow: an address and counts, never data."""
    return {"manifest": uri, "reused": manifest["reused"], **{kind: _totals_of(c) for kind, c in manifest["counts"].items()}}


def _totals_of(counts: Mapping[str, Any]) -> dict[str, int]:
    return {
        "in": counts["in"],
        "kept": counts["kept"],
        "dropped": sum(counts["dropped"].values()),
        "failed": sum(counts["failed"].values()),
        "superseded": counts["superseded"],
    }


def total_of(summaries: list[Mapping[str, Any]]) -> dict[str, int]:
    """Documents and chunks that a run's batches kept: the extra of the asset event."""
    return {kind: sum(summary[kind]["kept"] for summary in summaries) for kind in ("documents", "chunks")}
