# How tasks reach AWS without a NAT gateway: S3 by route, the four services that Fargate needs by address.

data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  account = data.aws_caller_identity.current.account_id
  region  = data.aws_region.current.id

  # What Fargate asks of each service before and while a container runs; nothing else passes the endpoint.
  pull = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetAuthorizationToken", "ecr:GetDownloadUrlForLayer"]
  services = {
    "ecr.api"      = { purpose = "Image manifests", actions = local.pull, resource = "*" }
    "ecr.dkr"      = { purpose = "Image layers' addresses", actions = local.pull, resource = "*" }
    logs           = { purpose = "CloudWatch Logs", actions = ["logs:CreateLogStream", "logs:PutLogEvents"], resource = "${local.own_arn.logs}:log-group:/${var.name}/*" }
    secretsmanager = { purpose = "Database secret", actions = ["secretsmanager:GetSecretValue"], resource = "${local.own_arn.secretsmanager}:secret:*" }
  }
  own_arn = { for service in ["logs", "secretsmanager"] : service => "arn:${data.aws_partition.current.partition}:${service}:${local.region}:${local.account}" }

  # An endpoint policy must name every principal; the condition keeps the door for this account's own. Images may be another
  # environment's, and are only read; to the log group or secret of somebody else nothing gets through, so nothing is carried out.
  endpoint_policies = {
    for service, use in local.services : service => {
      Version = "2012-10-17"
      Statement = [{
        Sid       = "OnlyThisAccountsTasks"
        Effect    = "Allow"
        Principal = "*"
        Action    = use.actions
        Resource  = use.resource
        Condition = { StringEquals = { "aws:PrincipalAccount" = local.account } }
      }]
    }
  }

  s3_policy = {
    Version = "2012-10-17"
    Statement = concat(
      [
        {
          # A stolen key of another account could otherwise carry text out through this endpoint.
          Sid       = "OnlyThePipelinesBuckets"
          Effect    = "Allow"
          Principal = "*"
          Action    = ["s3:GetObject", "s3:ListBucket", "s3:PutObject"]
          Resource  = flatten([for arn in var.bucket_arns : [arn, "${arn}/*"]])
          Condition = { StringEquals = { "aws:PrincipalAccount" = local.account } }
        },
        {
          # ECR keeps image layers in a bucket of its own and hands out signed addresses to it.
          Sid       = "ImageLayers"
          Effect    = "Allow"
          Principal = "*"
          Action    = ["s3:GetObject"]
          Resource  = ["arn:${data.aws_partition.current.partition}:s3:::prod-${local.region}-starport-layer-bucket/*"]
        },
      ],
      [for arns in length(var.source_bucket_arns) == 0 ? [] : [var.source_bucket_arns] : {
        Sid       = "ReadSources"
        Effect    = "Allow"
        Principal = "*"
        Action    = ["s3:GetObject", "s3:ListBucket"]
        Resource  = flatten([for arn in arns : [arn, "${arn}/*"]])
        Condition = { StringEquals = { "aws:PrincipalAccount" = local.account } }
      }],
    )
  }
}

resource "aws_security_group" "endpoints" {
  count = local.own ? 1 : 0

  name_prefix = "${var.name}-endpoints-"
  description = "Interface endpoints: HTTPS from the tasks only"
  vpc_id      = local.vpc_id

  tags = { Name = "${var.name}-endpoints" }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "endpoints_from_tasks" {
  count = local.own ? 1 : 0

  description                  = "HTTPS from the tasks"
  security_group_id            = aws_security_group.endpoints[0].id
  referenced_security_group_id = aws_security_group.tasks.id
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
}

resource "aws_vpc_endpoint" "s3" {
  count = local.own ? 1 : 0

  vpc_id            = local.vpc_id
  service_name      = "com.amazonaws.${local.region}.s3"
  vpc_endpoint_type = "Gateway" # free of charge, unlike the interface kind
  route_table_ids   = [aws_route_table.private[0].id]
  policy            = jsonencode(local.s3_policy)

  tags = { Name = "${var.name}-s3" }
}

resource "aws_vpc_endpoint" "interface" {
  for_each = local.own ? local.services : {}

  vpc_id              = local.vpc_id
  service_name        = "com.amazonaws.${local.region}.${each.key}"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
  subnet_ids          = slice(local.subnet_ids, 0, var.endpoint_zone_count)
  security_group_ids  = [aws_security_group.endpoints[0].id]
  policy              = jsonencode(local.endpoint_policies[each.key])

  tags = { Name = "${var.name}-${each.key}", Purpose = each.value.purpose }
}
