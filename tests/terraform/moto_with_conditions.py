"""The moto server, with bucket policies evaluated as AWS does, and roles held to their rights in S3 (s3_rights.py).

moto 5.2 takes every Deny with a condition that it does not know for a denial of everything, so a bucket that refuses
plain HTTP refuses all. Here `iam.decide` takes its place. Requests count as sent over TLS 1.3: the stand-in speaks plain
HTTP on the loopback interface, and what happens without TLS is asked of the evaluator directly.
"""

import json
import sys

import flask
from iam import DENY, decide
from moto import server
from moto.iam.access_control import PermissionResult
from moto.s3.models import FakeBucket, FakeDeleteMarker
from moto.s3.responses import S3Response
from s3_rights import authorise

HEADERS = {
    "s3:x-amz-server-side-encryption": "x-amz-server-side-encryption",
    "s3:x-amz-server-side-encryption-aws-kms-key-id": "x-amz-server-side-encryption-aws-kms-key-id",
    "s3:x-amz-server-side-encryption-customer-algorithm": "x-amz-server-side-encryption-customer-algorithm",
}


def get_permission(bucket: FakeBucket, action: str, resource: str) -> PermissionResult:
    if bucket.policy is None:
        return PermissionResult.NEUTRAL
    headers = flask.request.headers
    context = {key: headers[header] for key, header in HEADERS.items() if header in headers}
    context |= {"aws:SecureTransport": "true", "s3:TlsVersion": "1.3"}
    decision = decide(json.loads(bucket.policy)["Statement"], action, resource, context)
    return PermissionResult.DENIED if decision == DENY else PermissionResult.NEUTRAL


if __name__ == "__main__":
    FakeBucket.get_permission = get_permission
    # moto 5.2 lets go of every version's file and has forgotten that a delete marker has none: a bucket with one could never be emptied.
    FakeDeleteMarker.dispose = lambda marker, garbage=False: None
    S3Response._authenticate_and_authorize_s3_action = authorise
    server.main(sys.argv[1:])
