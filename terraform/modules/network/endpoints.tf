# How tasks reach AWS without a NAT gateway: S3 by route, the four services that Fargate needs by address.

data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  account = data.aws_caller_identity.current.account_id
  region  = data.aws_region.current.id

  services = local.own ? {
    "ecr.api"      = "Image manifests"
    "ecr.dkr"      = "Image layers' addresses"
    logs           = "CloudWatch Logs"
    secretsmanager = "Database secret"
  } : {}

  # An endpoint policy must name every principal; the condition then keeps the door for this account's own.
  only_this_account = {
    Version = "2012-10-17"
    Statement = [{
      Sid       = "OnlyPrincipalsOfThisAccount"
      Effect    = "Allow"
      Principal = "*"
      Action    = "*"
      Resource  = "*"
      Condition = { StringEquals = { "aws:PrincipalAccount" = local.account } }
    }]
  }

  s3_policy = {
    Version = "2012-10-17"
    Statement = [
      {
        # A stolen key of another account could otherwise carry text out through this endpoint.
        Sid       = "OnlyThePipelinesBuckets"
        Effect    = "Allow"
        Principal = "*"
        Action    = ["s3:AbortMultipartUpload", "s3:GetObject", "s3:ListBucket", "s3:PutObject"]
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
    ]
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
  for_each = local.services

  vpc_id              = local.vpc_id
  service_name        = "com.amazonaws.${local.region}.${each.key}"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
  subnet_ids          = slice(local.subnet_ids, 0, var.endpoint_zone_count)
  security_group_ids  = [aws_security_group.endpoints[0].id]
  policy              = jsonencode(local.only_this_account)

  tags = { Name = "${var.name}-${each.key}", Purpose = each.value }
}
