"""The form of a manual run: each field with its limits as JSON Schema, which the UI shows and the REST API enforces."""

from airflow.sdk import Param

from pipeline.settings import Settings

# How the form shows a null among choices.
UNSET = {"null": "as the recipe says"}
NAME = r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$"


def params_of(settings: Settings) -> dict[str, Param]:
    """Scheduled runs and backfills use the defaults; null leaves a choice to the recipe or the program."""
    return {
        "source": Param(
            settings.landing_zone,
            type="string",
            pattern=r"^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/.*)?$",
            title="Source",
            description="Prefix in the object store that holds the .txt files.",
        ),
        "partition": Param(
            None,
            type=["null", "string"],
            format="date",
            title="Partition",
            description="Read only this day's folder below the source (YYYY-MM-DD). Empty: the whole source. "
            "Scheduled and backfill runs read the day that had ended when they were due.",
        ),
        "dataset": Param(
            "corpus",
            type="string",
            pattern=NAME,
            title="Dataset",
            description="Named collection in the database that the documents belong to.",
        ),
        "source_name": Param(
            None,
            type=["null", "string"],
            pattern=NAME,
            title="Source name",
            description="Goes before every document's path: lets two sources with equal file names share a dataset.",
        ),
        "on_missing": Param(
            "keep",
            type="string",
            enum=["keep", "retire"],
            title="When a file is gone",
            description="keep: its document stays. retire: it is marked retired, after a complete listing of the whole source.",
        ),
        "recipe": Param(
            "default",
            type="string",
            pattern=r"^[a-z0-9][a-z0-9_-]{0,62}$",
            title="Recipe",
            description="Which rules, with which thresholds: a name in shared/recipes.",
        ),
        "tokenizer": Param(
            None,
            type=["null", "string"],
            enum=[None, "o200k_base", "cl100k_base"],
            values_display=UNSET,
            title="Tokenizer",
            description="Whose tokens are counted.",
        ),
        "max_tokens": Param(
            None,
            type=["null", "integer"],
            minimum=16,
            maximum=512,
            title="Most tokens per chunk",
            description="16 to 512. Empty: as the recipe says.",
        ),
        "overlap_tokens": Param(
            None,
            type=["null", "integer"],
            minimum=0,
            maximum=256,
            title="Tokens of overlap",
            description="0 to 256: how much of the chunk before it a chunk may repeat. Empty: as the recipe says.",
        ),
        "pii_policy": Param(
            None,
            type=["null", "string"],
            enum=[None, "flag", "mask", "tag", "drop"],
            values_display=UNSET,
            title="Personal data",
            description="flag: stored with its spans. mask, tag: replaced before chunking. drop: the chunk is rejected.",
        ),
        "batch_documents": Param(
            None,
            type=["null", "integer"],
            minimum=1,
            maximum=100_000,
            title="Documents per batch",
            description="Mean size of a batch. Empty: by the size of the source. Changing it processes everything again.",
        ),
        "force": Param(
            False,
            type="boolean",
            title="Force",
            description="Make again what an earlier run has made already.",
        ),
    }
