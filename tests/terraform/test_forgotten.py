"""Proof for every entry of `forgotten.py`: moto takes the value, and asked for it does not know it."""

import pytest

NETWORK = "10.9.0.0/16"


@pytest.fixture
def group(aws):
    """A security group of our own, in a network of our own."""
    ec2 = aws("ec2")
    network = ec2.create_vpc(CidrBlock=NETWORK)["Vpc"]["VpcId"]
    made = ec2.create_security_group(GroupName="forgotten", Description="For this test", VpcId=network)["GroupId"]
    yield made
    ec2.delete_security_group(GroupId=made)
    ec2.delete_vpc(VpcId=network)


def test_moto_forgets_the_insights_of_a_server(aws):
    rds = aws("rds")
    made = {"Engine": "postgres", "DBInstanceClass": "db.t4g.small", "AllocatedStorage": 20, "MasterUsername": "pipeline_owner"}
    insights = {"EnablePerformanceInsights": True, "PerformanceInsightsRetentionPeriod": 7}
    rds.create_db_instance(DBInstanceIdentifier="forgotten", MasterUserPassword="not-a-secret", **made, **insights)
    server = rds.describe_db_instances(DBInstanceIdentifier="forgotten")["DBInstances"][0]
    rds.delete_db_instance(DBInstanceIdentifier="forgotten", SkipFinalSnapshot=True)
    assert not server.get("PerformanceInsightsEnabled")


def test_moto_forgets_who_set_a_parameter(aws):
    """The provider takes a parameter for its own only where AWS says that a user set it."""
    rds = aws("rds")
    rds.create_db_parameter_group(DBParameterGroupName="forgotten", DBParameterGroupFamily="postgres17", Description="For this test")
    tls = {"ParameterName": "rds.force_ssl", "ParameterValue": "1", "ApplyMethod": "immediate"}
    rds.modify_db_parameter_group(DBParameterGroupName="forgotten", Parameters=[tls])
    asked = rds.describe_db_parameters(DBParameterGroupName="forgotten")["Parameters"]
    rds.delete_db_parameter_group(DBParameterGroupName="forgotten")
    assert [parameter.get("Source") for parameter in asked] == [None]


@pytest.mark.parametrize("direction", ["ingress", "egress"])
def test_moto_forgets_what_a_rule_is_for(aws, group, direction):
    ec2 = aws("ec2")
    to_itself = {"GroupId": group, "Description": "HTTPS"}
    rule = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "UserIdGroupPairs": [to_itself]}
    made = getattr(ec2, f"authorize_security_group_{direction}")(GroupId=group, IpPermissions=[rule])["SecurityGroupRules"]
    asked = ec2.describe_security_group_rules(SecurityGroupRuleIds=[made[0]["SecurityGroupRuleId"]])["SecurityGroupRules"]
    assert "Description" not in asked[0]
