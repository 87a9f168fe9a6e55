"""The bucket that the pipeline works in, made once: the S3 server starts without any."""

import os

import boto3

bucket = os.environ["PIPELINE_BUCKET"]
client = boto3.client("s3")
if bucket in {found["Name"] for found in client.list_buckets()["Buckets"]}:
    print(f"bucket {bucket} is there")
else:
    client.create_bucket(Bucket=bucket)
    print(f"bucket {bucket} made")
