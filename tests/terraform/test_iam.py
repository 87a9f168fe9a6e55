"""The evaluator itself: a wrong one would call every policy right."""

import pytest
from iam import ALLOW, DENY, NEITHER, decide


def statement(effect="Allow", action="s3:GetObject", resource="arn:aws:s3:::b/runs/*", condition=None):
    return {"Effect": effect, "Action": action, "Resource": resource, **({"Condition": condition} if condition else {})}


@pytest.mark.parametrize(
    ("statements", "action", "resource", "context", "expected"),
    [
        ([], "s3:GetObject", "arn:aws:s3:::b/runs/1", {}, NEITHER),
        ([statement()], "s3:GetObject", "arn:aws:s3:::b/runs/1", {}, ALLOW),
        ([statement()], "s3:PutObject", "arn:aws:s3:::b/runs/1", {}, NEITHER),
        ([statement()], "s3:GetObject", "arn:aws:s3:::b/runsX", {}, NEITHER),
        ([statement()], "s3:GetObject", "arn:aws:s3:::b/raw/runs/1", {}, NEITHER),
        ([statement(action="s3:Get?bject")], "s3:GetObject", "arn:aws:s3:::b/runs/1", {}, ALLOW),
        ([statement(resource="arn:aws:s3:::b.c/*")], "s3:GetObject", "arn:aws:s3:::bxc/1", {}, NEITHER),
        ([statement(), statement("Deny")], "s3:GetObject", "arn:aws:s3:::b/runs/1", {}, DENY),
        ([statement(condition={"StringLike": {"k": ["runs/*"]}})], "s3:GetObject", "arn:aws:s3:::b/runs/1", {"k": "runs/1"}, ALLOW),
        ([statement(condition={"StringLike": {"k": ["runs/*"]}})], "s3:GetObject", "arn:aws:s3:::b/runs/1", {"k": "raw/1"}, NEITHER),
        ([statement(condition={"StringLike": {"k": ["runs/*"]}})], "s3:GetObject", "arn:aws:s3:::b/runs/1", {}, NEITHER),
        ([statement(condition={"StringEquals": {"k": "runs/*"}})], "s3:GetObject", "arn:aws:s3:::b/runs/1", {"k": "runs/1"}, NEITHER),
        # Absent keys satisfy negations, with or without IfExists: the trap behind many a bucket that denies every put.
        ([statement("Deny", condition={"StringNotEquals": {"k": "a"}})], "s3:GetObject", "arn:aws:s3:::b/runs/1", {}, DENY),
        ([statement("Deny", condition={"StringNotEqualsIfExists": {"k": "a"}})], "s3:GetObject", "arn:aws:s3:::b/runs/1", {}, DENY),
        (
            [statement("Deny", condition={"StringNotEquals": {"k": "a"}, "Null": {"k": "false"}})],
            "s3:GetObject",
            "arn:aws:s3:::b/runs/1",
            {},
            NEITHER,
        ),
        (
            [statement("Deny", condition={"StringNotEquals": {"k": "a"}, "Null": {"k": "false"}})],
            "s3:GetObject",
            "arn:aws:s3:::b/runs/1",
            {"k": "b"},
            DENY,
        ),
        (
            [statement("Deny", condition={"StringNotEqualsIfExists": {"k": "a"}})],
            "s3:GetObject",
            "arn:aws:s3:::b/runs/1",
            {"k": "a"},
            NEITHER,
        ),
        ([statement("Deny", condition={"StringNotEqualsIfExists": {"k": "a"}})], "s3:GetObject", "arn:aws:s3:::b/runs/1", {"k": "b"}, DENY),
        ([statement("Deny", condition={"Null": {"k": "false"}})], "s3:GetObject", "arn:aws:s3:::b/runs/1", {"k": "b"}, DENY),
        ([statement("Deny", condition={"Null": {"k": "false"}})], "s3:GetObject", "arn:aws:s3:::b/runs/1", {}, NEITHER),
        ([statement("Deny", condition={"NumericLessThan": {"k": "1.2"}})], "s3:GetObject", "arn:aws:s3:::b/runs/1", {"k": "1.1"}, DENY),
        ([statement("Deny", condition={"NumericLessThan": {"k": "1.2"}})], "s3:GetObject", "arn:aws:s3:::b/runs/1", {"k": "1.2"}, NEITHER),
        ([statement("Deny", condition={"Bool": {"k": "false"}})], "s3:GetObject", "arn:aws:s3:::b/runs/1", {"k": "false"}, DENY),
    ],
)
def test_decides_as_aws_describes(statements, action, resource, context, expected):
    assert decide(statements, action, resource, context) == expected


def test_an_unknown_operator_is_an_error():
    with pytest.raises(KeyError):
        decide([statement(condition={"IpAddress": {"k": "10.0.0.0/8"}})], "s3:GetObject", "arn:aws:s3:::b/runs/1", {"k": "10.0.0.1"})
