# Policies as data. Every action is named; `*` stands only behind a prefix, or where AWS knows no narrower resource.

data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  account   = data.aws_caller_identity.current.account_id
  partition = data.aws_partition.current.partition
  region    = data.aws_region.current.id

  # Only tasks of this account's ECS may take a role, not one that somebody else makes ECS take (confused deputy).
  trust_policy = {
    Version = "2012-10-17"
    Statement = [{
      Sid       = "EcsTasksOfThisAccount"
      Effect    = "Allow"
      Principal = { Service = "ecs-tasks.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = {
        StringEquals = { "aws:SourceAccount" = local.account }
        ArnLike      = { "aws:SourceArn" = "arn:${local.partition}:ecs:${local.region}:${local.account}:*" }
      }
    }]
  }

  # What each task does with objects. Without an entry: migrate, which touches none.
  task_statements = {
    for task, access in local.access : task => [
      {
        Sid      = "ReadObjects"
        Effect   = "Allow"
        Action   = ["s3:GetObject"]
        Resource = [for prefix in access.reads : "${var.storage.bucket_arn}/${prefix}/*"]
      },
      {
        # Also what makes a missing object answer 404 instead of 403: S3 checks this permission with the key as prefix.
        # With 403 a task could not tell "not made yet" from "not allowed".
        Sid       = "ListObjects"
        Effect    = "Allow"
        Action    = ["s3:ListBucket"]
        Resource  = [var.storage.bucket_arn]
        Condition = { StringLike = { "s3:prefix" = [for prefix in access.reads : "${prefix}/*"] } }
      },
      {
        Sid      = "WriteObjects"
        Effect   = "Allow"
        Action   = ["s3:AbortMultipartUpload", "s3:PutObject"]
        Resource = [for prefix in access.writes : "${var.storage.bucket_arn}/${prefix}/*"]
      },
      {
        # Decrypt as well for writers: completing an upload in parts reads them back.
        Sid       = "UseObjectKeyThroughS3"
        Effect    = "Allow"
        Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource  = [var.storage.kms_key_arn]
        Condition = { StringEquals = { "kms:ViaService" = "s3.${local.region}.amazonaws.com" } }
      },
    ] if length(access.reads) > 0
  }

  pull_and_log_statements = [
    {
      Sid      = "LogInToRegistry"
      Effect   = "Allow"
      Action   = ["ecr:GetAuthorizationToken"]
      Resource = ["*"] # AWS knows no narrower resource for this one
    },
    {
      Sid      = "PullImages"
      Effect   = "Allow"
      Action   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
      Resource = [for image in distinct(values(local.image)) : local.repository_arns[image]]
    },
    {
      Sid      = "WriteLogs"
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = [for group in aws_cloudwatch_log_group.task : "${group.arn}:*"]
    },
  ]

  # ECS itself fetches a secret before the container starts, so the right belongs to the execution role; the program
  # has no access to the secret store. One role per secret: tasks without a database have none at all.
  secret_statements = {
    for kind, secret in local.secrets : kind => [
      {
        Sid      = "ReadDatabaseSecret"
        Effect   = "Allow"
        Action   = ["secretsmanager:GetSecretValue"]
        Resource = [secret.arn]
      },
      {
        Sid       = "DecryptDatabaseSecret"
        Effect    = "Allow"
        Action    = ["kms:Decrypt"]
        Resource  = [secret.kms_key_arn]
        Condition = { StringEquals = { "kms:ViaService" = "secretsmanager.${local.region}.amazonaws.com" } }
      },
    ]
  }
}
