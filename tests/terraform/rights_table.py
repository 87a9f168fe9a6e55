"""Who may read and who may write what in the bucket, written down from what the programs do and not from Terraform's patterns."""

FINGERPRINT = "f" * 64
BATCH = "0123456789abcdef"
TASKS = ("ingest", "clean-chunk", "validate", "load", "lineage")

# An example of every kind of key, with its readers and its writers.
Rights = tuple[set[str], set[str]]
OBJECTS: dict[str, Rights] = {
    "raw/2026-11-20/a.txt": ({"ingest"}, set()),
    "runs/r/ingest.json": ({"ingest", "lineage", "scheduler"}, {"ingest"}),
    f"runs/r/ingest/{BATCH}.json": ({"ingest", "clean-chunk", "lineage"}, {"ingest"}),
    f"runs/r/clean-chunk/{BATCH}.json": ({"clean-chunk", "validate", "lineage", "scheduler"}, {"clean-chunk"}),
    f"runs/r/validate/{BATCH}.json": ({"validate", "load", "lineage", "scheduler"}, {"validate"}),
    f"runs/r/load/{BATCH}.json": ({"load", "lineage", "scheduler"}, {"load"}),
    "runs/r/lineage.json": ({"lineage", "scheduler"}, {"lineage"}),
    "runs/r/report.html": ({"lineage"}, {"lineage"}),
    "runs/r/datacard.md": ({"lineage"}, {"lineage"}),
    "runs/r/openlineage/events.jsonl": ({"lineage"}, {"lineage"}),
    **{f"runs/r/events/{task}/{BATCH}/1-start.json": ({"lineage"}, {task}) for task in TASKS},
    f"parts/ingest/{FINGERPRINT}/manifest.json": ({"ingest"}, {"ingest"}),
    f"parts/ingest/{FINGERPRINT}/pack-0-{BATCH}.bin": ({"ingest", "clean-chunk"}, {"ingest"}),
    f"parts/ingest/{FINGERPRINT}/index-0-{BATCH}.jsonl.gz": ({"ingest", "clean-chunk"}, {"ingest"}),
    f"parts/ingest/{FINGERPRINT}/document-ids-0-{BATCH}.jsonl.gz": ({"ingest", "lineage"}, {"ingest"}),
    f"parts/clean-chunk/{FINGERPRINT}/manifest.json": ({"clean-chunk"}, {"clean-chunk"}),
    f"parts/clean-chunk/{FINGERPRINT}/documents-0-{BATCH}.jsonl.gz": ({"clean-chunk", "validate", "load"}, {"clean-chunk"}),
    f"parts/clean-chunk/{FINGERPRINT}/chunks-0-{BATCH}.jsonl.gz": ({"clean-chunk", "validate"}, {"clean-chunk"}),
    f"parts/clean-chunk/{FINGERPRINT}/signatures-0-{BATCH}.jsonl.gz": ({"clean-chunk", "validate", "load"}, {"clean-chunk"}),
    f"parts/clean-chunk/{FINGERPRINT}/examples-0-{BATCH}.jsonl.gz": ({"clean-chunk", "lineage"}, {"clean-chunk"}),
    f"parts/validate/{FINGERPRINT}/manifest.json": ({"validate"}, {"validate"}),
    f"parts/validate/{FINGERPRINT}/accepted-0-{BATCH}.jsonl.gz": ({"validate", "load"}, {"validate"}),
    f"parts/validate/{FINGERPRINT}/rejected-0-{BATCH}.jsonl.gz": ({"validate", "load"}, {"validate"}),
    f"parts/validate/{FINGERPRINT}/examples-0-{BATCH}.jsonl.gz": ({"validate", "lineage"}, {"validate"}),
    f"parts/load/{FINGERPRINT}/manifest.json": (set(), set()),
    "dev/terraform.tfstate": (set(), set()),
    "raw": (set(), set()),
}

# The same for a bucket of somebody else's that the deployment lists as a source, with the prefix texts/.
SOURCE_OBJECTS: dict[str, Rights] = {
    "texts/a.txt": ({"ingest"}, set()),
    "textsunlike/a.txt": (set(), set()),
    "private/a.txt": (set(), set()),
}

# What may be listed, by prefix. A prefix that is no prefix of anything readable stands for the whole bucket.
LISTINGS: dict[str, set[str]] = {
    "": set(),
    "raw/": {"ingest"},
    "runs/": {"lineage"},
    "runs/r/": {"lineage"},
    "parts/": set(),
    "parts/ingest/": {"ingest"},
    "parts/clean-chunk/": {"clean-chunk"},
    "parts/validate/": {"validate"},
}
