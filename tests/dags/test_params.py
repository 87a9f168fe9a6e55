"""The form: what it refuses, and that its defaults are what a scheduled run needs."""

import pytest
from airflow.sdk.exceptions import ParamValidationError

from pipeline.params import params_of
from pipeline.settings import read_settings

PARAMS = params_of(read_settings({}))


@pytest.mark.parametrize(
    ("name", "values"),
    {
        "source": ["s3://corpus/raw/", "s3://corpus", "s3://my-bucket.eu/a b/ü"],
        "partition": [None, "2026-11-20"],
        "dataset": ["corpus", "web_2026-11"],
        "source_name": [None, "crawl.1"],
        "on_missing": ["keep", "retire"],
        "recipe": ["default", "gopher"],
        "tokenizer": [None, "o200k_base", "cl100k_base"],
        "max_tokens": [None, 16, 512],
        "overlap_tokens": [None, 0, 256],
        "pii_policy": [None, "flag", "mask", "tag", "drop"],
        "batch_documents": [None, 1, 100_000],
        "force": [True, False],
    }.items(),
)
def test_takes(name, values):
    for value in values:
        assert PARAMS[name].resolve(value) == value


@pytest.mark.parametrize(
    ("name", "values"),
    {
        "source": [None, "", "raw/", "file:///etc", "s3://", "s3://A/"],
        "partition": ["", "2026-13-40", "yesterday"],
        "dataset": ["", None, "-rf", "a b", "x" * 64],
        "source_name": ["", "../up", "-x"],
        "on_missing": [None, "delete"],
        "recipe": ["", "../secret", "a.yaml"],
        "tokenizer": ["", "gpt2"],
        "max_tokens": [15, 513, "256", 1.5],
        "overlap_tokens": [-1, 257, "0"],
        "pii_policy": ["", "encrypt"],
        "batch_documents": [0, 100_001],
        "force": [None, "yes", 1],
    }.items(),
)
def test_refuses(name, values):
    for value in values:
        with pytest.raises(ParamValidationError):
            PARAMS[name].resolve(value)


def test_every_field_says_what_it_is():
    for name, param in PARAMS.items():
        assert param.schema["title"] and param.description, name


def test_no_field_takes_a_secret():
    assert not any(word in name for name in PARAMS for word in ("password", "secret", "token_", "key"))
