"""What the stack stored: rows in PostgreSQL, objects in S3."""

import json
from functools import cached_property
from typing import Any

import boto3
import psycopg2

from surroundings import OWN


class Storage:
    """The part of a stack that is its database and its bucket."""

    settings: dict[str, str]

    def rows(self, sql: str, *values: Any) -> list[tuple]:
        """What the corpus database answers."""
        login = {"user": "postgres", "password": self.settings["POSTGRES_PASSWORD"], "dbname": "corpus"}
        connection = psycopg2.connect(host="127.0.0.1", port=OWN["POSTGRES_PORT"], **login)
        try:
            with connection.cursor() as cursor:
                cursor.execute(sql, values)
                return cursor.fetchall()
        finally:
            connection.close()

    @cached_property
    def s3(self) -> Any:
        keys = {"aws_access_key_id": self.settings["S3_ACCESS_KEY"], "aws_secret_access_key": self.settings["S3_SECRET_KEY"]}
        return boto3.client("s3", endpoint_url=f"http://127.0.0.1:{OWN['S3_PORT']}", region_name="us-east-1", **keys)

    @property
    def bucket(self) -> str:
        return self.settings["PIPELINE_BUCKET"]

    def put(self, key: str, body: bytes) -> None:
        self.s3.put_object(Bucket=self.bucket, Key=key, Body=body)

    def keys(self, prefix: str) -> list[str]:
        pages = self.s3.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=prefix)
        return [found["Key"] for page in pages for found in page.get("Contents", [])]

    def json_at(self, key: str) -> Any:
        return json.loads(self.s3.get_object(Bucket=self.bucket, Key=key)["Body"].read())
