"""Decides what IAM policies allow, for the operators that this project's policies use.

Written from AWS's description of policy evaluation: an explicit Deny wins, else an Allow, else nothing is allowed. An
operator that is not known here is an error, never a pass: a new condition needs its line, and its case in test_iam.py.
"""

import re
from collections.abc import Callable, Iterable, Mapping

ALLOW, DENY, NEITHER = "allow", "deny", "neither"


def matches(pattern: str, value: str) -> bool:
    """`*` any text, `?` any one character, everything else as it is."""
    expression = "".join(".*" if c == "*" else "." if c == "?" else re.escape(c) for c in pattern)
    return re.fullmatch(expression, value, re.DOTALL) is not None


OPERATORS: dict[str, Callable[[str, str], bool]] = {
    "ArnEquals": matches,  # the same as ArnLike, as documented
    "ArnLike": matches,
    "Bool": lambda expected, actual: expected.lower() == actual.lower(),
    "NumericLessThan": lambda expected, actual: float(actual) < float(expected),
    "StringEquals": lambda expected, actual: expected == actual,
    "StringLike": matches,
}
NEGATED: dict[str, Callable[[str, str], bool]] = {"StringNotEquals": lambda expected, actual: expected == actual}


def listed(value) -> list:
    return value if isinstance(value, list) else [value]


def condition_holds(operator: str, key: str, expected: list[str], context: Mapping[str, str]) -> bool:
    actual = context.get(key)
    if operator == "Null":
        return (actual is None) == (expected == ["true"])
    name = operator.removesuffix("IfExists")
    if actual is None:
        # An absent key fails a condition, unless the operator says "if it exists" or is a negation.
        return name != operator or name in NEGATED
    if name in NEGATED:
        return not any(NEGATED[name](value, actual) for value in expected)
    return any(OPERATORS[name](value, actual) for value in expected)


def applies(statement: Mapping, action: str, resource: str, context: Mapping[str, str]) -> bool:
    return (
        any(matches(pattern.lower(), action.lower()) for pattern in listed(statement["Action"]))
        and any(matches(pattern, resource) for pattern in listed(statement["Resource"]))
        and all(
            condition_holds(operator, key, listed(expected), context)
            for operator, keys in statement.get("Condition", {}).items()
            for key, expected in keys.items()
        )
    )


def decide(statements: Iterable[Mapping], action: str, resource: str, context: Mapping[str, str] | None = None) -> str:
    effects = {s["Effect"] for s in statements if applies(s, action, resource, context or {})}
    return DENY if "Deny" in effects else ALLOW if "Allow" in effects else NEITHER
