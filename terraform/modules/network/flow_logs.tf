# Who talked to whom. In a network without internet a rejected packet is the first sign of something wrong.

locals {
  flow_logs = local.own && var.flow_log_retention_days != null
}

module "flow_log_key" {
  source = "../encryption_key"
  count  = local.flow_logs ? 1 : 0

  name                 = "${var.name}/flow-logs"
  description          = "Flow logs of ${var.name}"
  log_group_names      = ["/${var.name}/flow-logs"]
  deletion_window_days = var.key_deletion_window_days
}

resource "aws_cloudwatch_log_group" "flow" {
  count = local.flow_logs ? 1 : 0

  name              = "/${var.name}/flow-logs"
  retention_in_days = var.flow_log_retention_days
  kms_key_id        = module.flow_log_key[0].arn
}

resource "aws_iam_role" "flow" {
  count = local.flow_logs ? 1 : 0

  name                 = "${var.name}-flow-logs"
  description          = "VPC flow logs write their own log group"
  permissions_boundary = var.permissions_boundary_arn

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "FlowLogsOfThisAccount"
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = {
        StringEquals = { "aws:SourceAccount" = local.account }
        ArnLike      = { "aws:SourceArn" = "arn:${data.aws_partition.current.partition}:ec2:${local.region}:${local.account}:vpc-flow-log/*" }
      }
    }]
  })
}

resource "aws_iam_role_policy" "flow" {
  count = local.flow_logs ? 1 : 0

  name = "write-log-group"
  role = aws_iam_role.flow[0].id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid      = "WriteFlowLogs"
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"]
      Resource = "${aws_cloudwatch_log_group.flow[0].arn}:*"
    }]
  })
}

resource "aws_flow_log" "this" {
  count = local.flow_logs ? 1 : 0

  vpc_id               = aws_vpc.this[0].id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.flow[0].arn
  iam_role_arn         = aws_iam_role.flow[0].arn

  tags = { Name = var.name }

  # Without the policy the first deliveries are lost in silence.
  depends_on = [aws_iam_role_policy.flow]
}
