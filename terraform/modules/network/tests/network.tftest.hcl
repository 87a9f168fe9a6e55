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

run "endpoint_policies_let_through_what_tasks_ask_for_and_nothing_else" {
  assert {
    condition = { for service, endpoint in aws_vpc_endpoint.interface : service => [for statement in jsondecode(endpoint.policy).Statement : merge(statement, { Action = join(" ", statement.Action) })] } == {
      for service, allowed in {
        "ecr.api"      = ["ecr:BatchCheckLayerAvailability ecr:BatchGetImage ecr:GetAuthorizationToken ecr:GetDownloadUrlForLayer", "*"]
        "ecr.dkr"      = ["ecr:BatchCheckLayerAvailability ecr:BatchGetImage ecr:GetAuthorizationToken ecr:GetDownloadUrlForLayer", "*"]
        logs           = ["logs:CreateLogStream logs:PutLogEvents", "arn:aws:logs:eu-central-1:123456789012:log-group:/corpus-test/*"]
        secretsmanager = ["secretsmanager:GetSecretValue", "arn:aws:secretsmanager:eu-central-1:123456789012:secret:*"]
        } : service => [{
          Sid       = "OnlyThisAccountsTasks"
          Effect    = "Allow"
          Principal = "*"
          Action    = allowed[0]
          Resource  = allowed[1]
          Condition = { StringEquals = { "aws:PrincipalAccount" = "123456789012" } }
      }]
    }
    error_message = "pulling, logging and one secret, for this account's principals only, into no log group of somebody else's"
  }

  assert {
    condition = jsondecode(aws_vpc_endpoint.s3[0].policy).Statement[0] == {
      Sid       = "OnlyThePipelinesBuckets"
      Effect    = "Allow"
      Principal = "*"
      Action    = ["s3:GetObject", "s3:ListBucket", "s3:PutObject"]
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

run "a_source_can_be_read_through_the_endpoint_and_not_written" {
  variables {
    source_bucket_arns = ["arn:aws:s3:::archive"]
  }

  assert {
    condition = jsondecode(aws_vpc_endpoint.s3[0].policy).Statement[2] == {
      Sid       = "ReadSources"
      Effect    = "Allow"
      Principal = "*"
      Action    = ["s3:GetObject", "s3:ListBucket"]
      Resource  = ["arn:aws:s3:::archive", "arn:aws:s3:::archive/*"]
      Condition = { StringEquals = { "aws:PrincipalAccount" = "123456789012" } }
    }
    error_message = "reading only: text must not be carried out to it"
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

  assert {
    condition = jsondecode(aws_iam_role.flow[0].assume_role_policy).Statement[0].Condition == {
      StringEquals = { "aws:SourceAccount" = "123456789012" }
      ArnLike      = { "aws:SourceArn" = "arn:aws:ec2:eu-central-1:123456789012:vpc-flow-log/*" }
    }
    error_message = "only flow logs of this account and region may take the role"
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
      private_subnet_ids       = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
      https_egress_cidr_blocks = ["10.0.0.0/16"]

      https_egress_prefix_list_ids = ["pl-01234567"]
    }
  }

  assert {
    condition     = { for id, rule in aws_vpc_security_group_egress_rule.tasks_to_prefix_lists : id => "${rule.prefix_list_id}:${rule.from_port}-${rule.to_port}" } == { pl-01234567 = "pl-01234567:443-443" }
    error_message = "and to S3 by its prefix list"
  }

  assert {
    condition     = length(aws_vpc.this) + length(aws_subnet.private) + length(aws_vpc_endpoint.interface) + length(aws_vpc_endpoint.s3) + length(aws_flow_log.this) + length(aws_default_security_group.this) == 0
    error_message = "the network of others is not touched"
  }

  assert {
    condition     = output.private_subnet_ids == tolist(["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]) && output.vpc_id == "vpc-0123456789abcdef0"
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
    existing_vpc = { vpc_id = "vpc-0123456789abcdef0", private_subnet_ids = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef0"], https_egress_cidr_blocks = ["10.0.0.0/16"] }
  }
  expect_failures = [var.existing_vpc]
}

run "refuses_an_existing_vpc_without_any_way_to_aws" {
  command = plan
  variables {
    existing_vpc = { vpc_id = "vpc-0123456789abcdef0", private_subnet_ids = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"], https_egress_cidr_blocks = [] }
  }
  expect_failures = [var.existing_vpc]
}

run "refuses_what_is_no_vpc" {
  command = plan
  variables {
    existing_vpc = { vpc_id = "default", private_subnet_ids = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"], https_egress_cidr_blocks = ["10.0.0.0/16"] }
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

# Several bad values at once, each of another variable: every one of them must be refused, each by its own message.
run "refuses_ipv6_the_internet_and_paths" {
  command = plan
  variables {
    name                     = "c"
    cidr_block               = "fd00::/16"
    endpoint_zone_count      = 0
    bucket_arns              = []
    source_bucket_arns       = ["arn:aws:s3:::archive/texts"]
    task_egress              = { internet = { cidr_block = "0.0.0.0/0", port = 443 } }
    permissions_boundary_arn = "boundary"
    key_deletion_window_days = 6
  }
  expect_failures = [
    var.name, var.cidr_block, var.endpoint_zone_count, var.bucket_arns, var.source_bucket_arns, var.task_egress,
    var.permissions_boundary_arn, var.key_deletion_window_days,
  ]
}

run "refuses_host_bits_and_public_names" {
  command = plan
  variables {
    name         = "Corpus-Test"
    cidr_block   = "10.40.0.1/16"
    zones        = ["eu-central-1a"]
    bucket_arns  = ["corpus-test-123456789012"]
    task_egress  = { lineage = { cidr_block = "10.0.0.7/24", port = 5000 } }
    existing_vpc = { vpc_id = "vpc-0123456789abcdef0", private_subnet_ids = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"], https_egress_cidr_blocks = ["10.0.0.0/16", "10.0.0.0/16"] }
  }
  expect_failures = [var.name, var.cidr_block, var.zones, var.bucket_arns, var.task_egress, var.existing_vpc]
}

run "refuses_addresses_of_others_and_half_ports" {
  command = plan
  variables {
    cidr_block   = "8.8.0.0/16"
    zones        = ["eu-central-1a", "eu-central-1b", "eu-central-1c", "eu-central-1d"]
    task_egress  = { lineage = { cidr_block = "10.0.0.7/32", port = 443.5 } }
    existing_vpc = { vpc_id = "vpc-0123456789abcdef0", private_subnet_ids = ["a", "b"], https_egress_cidr_blocks = ["10.0.0.0/16"] }
  }
  expect_failures = [var.cidr_block, var.zones, var.task_egress, var.existing_vpc]
}

run "refuses_a_prefix_list_by_name_and_half_zones" {
  command = plan
  variables {
    zone_count   = 2.5
    existing_vpc = { vpc_id = "vpc-0123456789abcdef0", private_subnet_ids = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"], https_egress_cidr_blocks = ["10.0.0.0/16"], https_egress_prefix_list_ids = ["com.amazonaws.eu-central-1.s3"] }
  }
  expect_failures = [var.zone_count, var.existing_vpc]
}

run "refuses_zones_of_another_region" {
  command = plan
  variables {
    zones = ["us-east-1a", "us-east-1b"]
  }
  expect_failures = [aws_vpc.this]
}

run "refuses_more_zones_than_the_region_has" {
  command = plan
  variables {
    zone_count = 3
  }
  override_data {
    target          = data.aws_availability_zones.available[0]
    override_during = plan
    values          = { names = ["us-west-1a", "us-west-1c"] }
  }
  expect_failures = [data.aws_availability_zones.available]
}

# What must stay possible: the bounds themselves.
run "takes_the_smallest_and_the_largest_network" {
  command = plan
  variables {
    cidr_block  = "192.168.0.0/22"
    task_egress = { lineage = { cidr_block = "10.0.0.0/8", port = 65535 } }
  }

  assert {
    condition     = [for zone, subnet in aws_subnet.private : subnet.cidr_block] == ["192.168.0.0/26", "192.168.0.64/26"]
    error_message = "64 addresses in each zone of a /22"
  }
}
