"""S3 as a role of a deployment meets it; moto's own S3 lets everyone do everything.

A request with a role's temporary keys needs what it needs on AWS from inside the VPC: an Allow of the role's policies, one of the S3
endpoint's, and one for the key of the bytes. An object that is missing answers 404 only to a role that may list it. The administrator
(keys that are no role's) passes. Every decision goes as a line of JSON into the file that RIGHTS_LOG names.
"""

import json
import os
import re
from collections.abc import Iterator, Mapping

from iam import ALLOW, decide
from moto.ec2.models import ec2_backends
from moto.iam.models import iam_backends
from moto.s3.exceptions import S3AccessDeniedError
from moto.sts.models import sts_backends

PARTITION = "aws"


def authorise(response, bucket_name: str | None = None, key_name: str | None = None) -> None:
    """In place of moto's method of S3Response; `response` is what holds the request."""
    scope = re.search(r"Credential=([^/]+)/[0-9]+/([^/]+)/", response.headers.get("Authorization", ""))
    account = response.current_account
    role = scope and role_of(scope[1], account)
    if not role:
        return
    for action, resource, context in needs_of(response, bucket_name, key_name, region=scope[2]):
        allowed = is_allowed(role, account, action, resource, context, region=scope[2])
        note({"role": role, "action": action, "resource": resource, "context": context, "allowed": allowed})
        if not allowed:
            raise S3AccessDeniedError


def role_of(access_key: str, account: str) -> str | None:
    """The name of the role that was assumed with these keys."""
    assumed = (role for role in sts_backends[account][PARTITION].assumed_roles if role.access_key_id == access_key)
    return next((role.role_arn.split("/")[-1] for role in assumed), None)


def needs_of(response, bucket_name: str | None, key_name: str | None, *, region: str) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Every action that S3 checks for one request, with its resource and context."""
    action = f"s3:{response.data['Action']}"
    bucket = f"arn:{PARTITION}:s3:::{bucket_name or '*'}"
    if key_name is None:
        # Without the parameter the condition key is absent, which is not the same as empty.
        prefix = response._get_param("prefix")
        yield action, bucket, {} if prefix is None else {"s3:prefix": prefix}
        return
    yield action, f"{bucket}/{key_name}", {}
    is_missing = response.backend.get_object(bucket_name, key_name) is None
    if action == "s3:GetObject" and is_missing:
        yield "s3:ListBucket", bucket, {"s3:prefix": key_name}
    key = key_of(response.backend.get_bucket(bucket_name))
    if key and (action == "s3:PutObject" or (action == "s3:GetObject" and not is_missing)):
        use = "kms:GenerateDataKey" if action == "s3:PutObject" else "kms:Decrypt"
        yield use, key, {"kms:ViaService": f"s3.{region}.amazonaws.com"}


def key_of(bucket) -> str | None:
    """The key that the bucket encrypts with by default."""
    rule = (bucket.encryption or {}).get("Rule", {})
    return rule.get("ApplyServerSideEncryptionByDefault", {}).get("KMSMasterKeyID")


def is_allowed(role: str, account: str, action: str, resource: str, context: Mapping[str, str], *, region: str) -> bool:
    own = decide(policies_of(role, account), action, resource, context) == ALLOW
    if action.startswith("kms:"):
        return own  # S3 itself asks for the key: that call does not pass the endpoint
    return own and decide(endpoint_of(account, region), action, resource, {**context, "aws:PrincipalAccount": account}) == ALLOW


def policies_of(role: str, account: str) -> list[dict]:
    """All statements of a role's policies, inline and attached."""
    backend = iam_backends[account][PARTITION]
    documents = [backend.get_role_policy(role, name)[1] for name in backend.list_role_policies(role)]
    attached, _ = backend.list_attached_role_policies(role)
    documents += [version.document for policy in attached for version in policy.versions if version.is_default]
    return [statement for document in documents for statement in json.loads(document)["Statement"]]


def endpoint_of(account: str, region: str) -> list[dict]:
    """All statements of the S3 endpoint's policy. The stand-in keeps the endpoints of what was destroyed."""
    endpoints = [endpoint for endpoint in ec2_backends[account][region].vpc_end_points.values() if endpoint.state != "deleted"]
    (policy,) = [endpoint.policy_document for endpoint in endpoints if endpoint.service_name == f"com.amazonaws.{region}.s3"]
    return json.loads(policy)["Statement"]


def note(decision: dict) -> None:
    if path := os.environ.get("RIGHTS_LOG"):
        with open(path, "a") as log:
            log.write(json.dumps(decision) + "\n")
