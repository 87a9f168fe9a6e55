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

  # What each task does with objects. Without an entry: migrate, which touches none. No program deletes: who prunes, is a person.
  task_statements = {
    for task, access in local.access : task => concat([
      {
        Sid      = "ReadObjects"
        Effect   = "Allow"
        Action   = ["s3:GetObject"]
        Resource = [for pattern in access.reads : "${var.storage.bucket_arn}/${pattern}"]
      },
      {
        # Also what makes a missing object answer 404 instead of 403: S3 checks this permission with the key as prefix.
        # With 403 a task could not tell "not made yet" from "not allowed".
        Sid       = "ListObjects"
        Effect    = "Allow"
        Action    = ["s3:ListBucket"]
        Resource  = [var.storage.bucket_arn]
        Condition = { StringLike = { "s3:prefix" = access.reads } }
      },
      {
        # In one piece: no object is larger than a part, so nothing is uploaded in several.
        Sid      = "WriteObjects"
        Effect   = "Allow"
        Action   = ["s3:PutObject"]
        Resource = [for pattern in access.writes : "${var.storage.bucket_arn}/${pattern}"]
      },
      {
        Sid       = "UseObjectKeyThroughS3"
        Effect    = "Allow"
        Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource  = [var.storage.kms_key_arn]
        Condition = { StringEquals = { "kms:ViaService" = "s3.${local.region}.amazonaws.com" } }
      },
    ], [for statement in local.source_statements : statement if task == "ingest"]) if length(access.reads) > 0
  }

  # Documents that lie in other buckets: for ingest alone, to read.
  source_keys = distinct([for source in values(var.sources) : source.kms_key_arn if source.kms_key_arn != null])
  source_statements = concat(
    length(var.sources) == 0 ? [] : [{
      Sid      = "ReadSources"
      Effect   = "Allow"
      Action   = ["s3:GetObject"]
      Resource = [for source in values(var.sources) : "${source.bucket_arn}/${source.prefix}*"]
    }],
    [for index, name in keys(var.sources) : {
      Sid       = "ListSource${index}"
      Effect    = "Allow"
      Action    = ["s3:ListBucket"]
      Resource  = [var.sources[name].bucket_arn]
      Condition = { StringLike = { "s3:prefix" = ["${var.sources[name].prefix}*"] } }
    }],
    length(local.source_keys) == 0 ? [] : [{
      Sid       = "DecryptSourcesThroughS3"
      Effect    = "Allow"
      Action    = ["kms:Decrypt"]
      Resource  = local.source_keys
      Condition = { StringEquals = { "kms:ViaService" = "s3.${local.region}.amazonaws.com" } }
    }],
  )

  # Which tasks start under which execution role: that of the secret that they get, or `plain`.
  started_by = { for kind in ["plain", "task", "owner"] : kind => [for task, access in local.access : task if coalesce(access.database, "plain") == kind] }

  pull_and_log_statements = {
    for kind, tasks in local.started_by : kind => [
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
        Resource = distinct([for task in tasks : local.repository_arns[local.image[task]]])
      },
      {
        Sid      = "WriteLogs"
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = [for task in tasks : "${aws_cloudwatch_log_group.task[task].arn}:*"]
      },
    ]
  }

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
