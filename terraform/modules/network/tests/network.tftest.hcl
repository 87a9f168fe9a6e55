mock_provider "aws" {
  source = "../../tests/mocks"
}

variables {
  name        = "corpus-test"
  bucket_arns = ["arn:aws:s3:::corpus-test-123456789012"]
}

run "has_no_way_to_the_internet" {
  assert {
    condition     = alltrue([for subnet in aws_subnet.private : subnet.map_public_ip_on_launch != true])
    error_message = "no subnet may hand out public addresses"
  }

  assert {
    condition     = { for zone, subnet in aws_subnet.private : zone => subnet.cidr_block } == { eu-central-1a = "10.40.0.0/20", eu-central-1b = "10.40.16.0/20" }
    error_message = "two zones, a sixteenth of the VPC each"
  }

  assert {
    condition     = length(aws_route_table.private[0].route) == 0
    error_message = "the private route table must have no route but the local one"
  }

  assert {
    condition     = length(aws_default_security_group.this) == 1 && length(aws_default_security_group.this[0].ingress) + length(aws_default_security_group.this[0].egress) == 0
    error_message = "the default security group must be emptied"
  }
}

run "tasks_reach_endpoints_and_s3_only" {
  assert {
    condition     = aws_vpc_security_group_egress_rule.tasks_to_endpoints[0].from_port == 443 && aws_vpc_security_group_egress_rule.tasks_to_endpoints[0].cidr_ipv4 == null
    error_message = "to the endpoints by reference, HTTPS only"
  }

  assert {
    condition     = aws_vpc_security_group_egress_rule.tasks_to_s3[0].prefix_list_id == "pl-01234567"
    error_message = "to S3 by its prefix list"
  }

  assert {
    condition     = length(aws_vpc_security_group_egress_rule.tasks_extra) == 0
    error_message = "nothing else unless the environment says so"
  }
}

run "endpoints_cover_what_fargate_needs" {
  assert {
    condition = toset([for endpoint in aws_vpc_endpoint.interface : endpoint.service_name]) == toset([
      "com.amazonaws.eu-central-1.ecr.api", "com.amazonaws.eu-central-1.ecr.dkr", "com.amazonaws.eu-central-1.logs", "com.amazonaws.eu-central-1.secretsmanager",
    ])
    error_message = "images, logs and secrets: without one of them no task starts"
  }

  assert {
    condition     = alltrue([for endpoint in aws_vpc_endpoint.interface : endpoint.private_dns_enabled && endpoint.vpc_endpoint_type == "Interface"])
    error_message = "the endpoints must answer under the services' own names"
  }

  assert {
    condition     = aws_vpc_endpoint.s3[0].vpc_endpoint_type == "Gateway"
    error_message = "S3 by gateway endpoint"
  }
}

run "endpoint_policies_serve_this_account_only" {
  assert {
    condition = alltrue([
      for endpoint in aws_vpc_endpoint.interface : alltrue([
        for statement in jsondecode(endpoint.policy).Statement : statement.Condition == { StringEquals = { "aws:PrincipalAccount" = "123456789012" } }
      ])
    ])
    error_message = "an interface endpoint must serve principals of this account only"
  }

  assert {
    condition = jsondecode(aws_vpc_endpoint.s3[0].policy).Statement[0] == {
      Sid       = "OnlyThePipelinesBuckets"
      Effect    = "Allow"
      Principal = "*"
      Action    = ["s3:AbortMultipartUpload", "s3:GetObject", "s3:ListBucket", "s3:PutObject"]
      Resource  = ["arn:aws:s3:::corpus-test-123456789012", "arn:aws:s3:::corpus-test-123456789012/*"]
      Condition = { StringEquals = { "aws:PrincipalAccount" = "123456789012" } }
    }
    error_message = "S3: the pipeline's buckets, for this account, without deleting"
  }

  assert {
    condition     = jsondecode(aws_vpc_endpoint.s3[0].policy).Statement[1].Action == ["s3:GetObject"] && jsondecode(aws_vpc_endpoint.s3[0].policy).Statement[1].Resource == ["arn:aws:s3:::prod-eu-central-1-starport-layer-bucket/*"]
    error_message = "and reading image layers from this region's bucket of ECR; nothing else"
  }

  assert {
    condition     = length(jsondecode(aws_vpc_endpoint.s3[0].policy).Statement) == 2
    error_message = "no third statement"
  }
}

run "flow_logs_are_kept_encrypted_and_write_their_group_only" {
  assert {
    condition     = aws_cloudwatch_log_group.flow[0].kms_key_id != null && aws_cloudwatch_log_group.flow[0].retention_in_days == 90 && aws_flow_log.this[0].traffic_type == "ALL"
    error_message = "all traffic, encrypted, 90 days"
  }

  assert {
    condition     = jsondecode(aws_iam_role_policy.flow[0].policy).Statement[0].Resource == "${aws_cloudwatch_log_group.flow[0].arn}:*"
    error_message = "the role must write one group only"
  }
}

run "named_zones_are_taken_and_aws_is_not_asked" {
  variables {
    zones = ["eu-central-1c", "eu-central-1a"]
  }

  assert {
    condition     = { for zone, subnet in aws_subnet.private : zone => subnet.cidr_block } == { eu-central-1c = "10.40.0.0/20", eu-central-1a = "10.40.16.0/20" }
    error_message = "in the order in which they are named"
  }

  assert {
    condition     = length(data.aws_availability_zones.available) == 0
    error_message = "what AWS lists today must not matter"
  }
}

run "one_endpoint_zone_costs_half" {
  variables {
    endpoint_zone_count = 1
  }

  assert {
    condition     = alltrue([for endpoint in aws_vpc_endpoint.interface : length(endpoint.subnet_ids) == 1])
    error_message = "one subnet per endpoint"
  }
}

run "takes_an_existing_vpc_and_makes_nothing_but_the_group" {
  variables {
    existing_vpc = {
      vpc_id                   = "vpc-0123456789abcdef0"
      private_subnet_ids       = ["subnet-a", "subnet-b"]
      https_egress_cidr_blocks = ["10.0.0.0/16"]
    }
  }

  assert {
    condition     = length(aws_vpc.this) + length(aws_subnet.private) + length(aws_vpc_endpoint.interface) + length(aws_vpc_endpoint.s3) + length(aws_flow_log.this) + length(aws_default_security_group.this) == 0
    error_message = "the network of others is not touched"
  }

  assert {
    condition     = output.private_subnet_ids == tolist(["subnet-a", "subnet-b"]) && output.vpc_id == "vpc-0123456789abcdef0"
    error_message = "the given network must be handed on"
  }

  assert {
    condition     = [for rule in aws_vpc_security_group_egress_rule.tasks_extra : "${rule.cidr_ipv4}:${rule.from_port}-${rule.to_port}"] == ["10.0.0.0/16:443-443"]
    error_message = "HTTPS to the named block, nothing else"
  }
}

run "refuses_one_subnet" {
  command = plan
  variables {
    existing_vpc = { vpc_id = "vpc-0123456789abcdef0", private_subnet_ids = ["subnet-a", "subnet-a"], https_egress_cidr_blocks = ["10.0.0.0/16"] }
  }
  expect_failures = [var.existing_vpc]
}

run "refuses_an_existing_vpc_without_any_way_to_aws" {
  command = plan
  variables {
    existing_vpc = { vpc_id = "vpc-0123456789abcdef0", private_subnet_ids = ["subnet-a", "subnet-b"], https_egress_cidr_blocks = [] }
  }
  expect_failures = [var.existing_vpc]
}

run "refuses_what_is_no_vpc" {
  command = plan
  variables {
    existing_vpc = { vpc_id = "default", private_subnet_ids = ["subnet-a", "subnet-b"], https_egress_cidr_blocks = ["10.0.0.0/16"] }
  }
  expect_failures = [var.existing_vpc]
}

run "refuses_a_vpc_too_small_to_divide" {
  command = plan
  variables {
    cidr_block = "10.0.0.0/24"
  }
  expect_failures = [var.cidr_block]
}

run "refuses_what_is_no_block" {
  command = plan
  variables {
    cidr_block = "10.0.0.0"
  }
  expect_failures = [var.cidr_block]
}

run "refuses_the_same_zone_twice" {
  command = plan
  variables {
    zones = ["eu-central-1a", "eu-central-1a"]
  }
  expect_failures = [var.zones]
}

run "refuses_a_zone_without_its_region" {
  command = plan
  variables {
    zones = ["a", "b"]
  }
  expect_failures = [var.zones]
}

run "refuses_one_zone" {
  command = plan
  variables {
    zone_count          = 1
    endpoint_zone_count = 1
  }
  expect_failures = [var.zone_count]
}

run "refuses_more_endpoint_zones_than_zones" {
  command = plan
  variables {
    endpoint_zone_count = 3
  }
  expect_failures = [var.endpoint_zone_count]
}

run "refuses_every_bucket_at_once" {
  command = plan
  variables {
    bucket_arns = ["arn:aws:s3:::*"]
  }
  expect_failures = [var.bucket_arns]
}

run "refuses_port_zero" {
  command = plan
  variables {
    task_egress = { everything = { cidr_block = "0.0.0.0/0", port = 0 } }
  }
  expect_failures = [var.task_egress]
}

run "refuses_a_retention_that_cloudwatch_refuses" {
  command = plan
  variables {
    flow_log_retention_days = 10
  }
  expect_failures = [var.flow_log_retention_days]
}
