"""What moto 5.2 takes but does not give back, so that a second plan wants to set it again: by type, the arguments concerned.

`test_forgotten.py` shows each without Terraform. An argument that is not here may not differ, and one that moto learns to
keep makes its test fail, so that the list only gets shorter.
"""

INSIGHTS = {"performance_insights_enabled", "performance_insights_kms_key_id", "performance_insights_retention_period"}

FORGOTTEN: dict[str, set[str]] = {
    "aws_db_instance": INSIGHTS,
    "aws_db_parameter_group": {"parameter"},
    "aws_vpc_security_group_egress_rule": {"description"},
    "aws_vpc_security_group_ingress_rule": {"description"},
}
