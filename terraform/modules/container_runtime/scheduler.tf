# What Airflow's scheduler needs: start, watch and stop the five steps, read their logs and manifests. Nothing else.
# A policy, not a role: where Airflow runs, and as whom, is not decided here.

locals {
  scheduler_statements = [
    {
      Sid       = "RunTheSteps"
      Effect    = "Allow"
      Action    = ["ecs:RunTask"]
      Resource  = [for step in local.steps : "arn:${local.partition}:ecs:${local.region}:${local.account}:task-definition/${var.name}-${step}:*"]
      Condition = { ArnEquals = { "ecs:cluster" = aws_ecs_cluster.this.arn } }
    },
    {
      Sid       = "WatchAndStopTasks"
      Effect    = "Allow"
      Action    = ["ecs:DescribeTasks", "ecs:StopTask"]
      Resource  = ["arn:${local.partition}:ecs:${local.region}:${local.account}:task/${var.name}/*"]
      Condition = { ArnEquals = { "ecs:cluster" = aws_ecs_cluster.this.arn } }
    },
    {
      # To find the task of an attempt again after a restart of the scheduler.
      Sid       = "FindTasks"
      Effect    = "Allow"
      Action    = ["ecs:ListTasks"]
      Resource  = ["*"] # the action knows container instances only, and Fargate has none; the condition narrows it
      Condition = { ArnEquals = { "ecs:cluster" = aws_ecs_cluster.this.arn } }
    },
    {
      Sid       = "LabelTasksAtTheirStart"
      Effect    = "Allow"
      Action    = ["ecs:TagResource"]
      Resource  = ["arn:${local.partition}:ecs:${local.region}:${local.account}:task/${var.name}/*"]
      Condition = { StringEquals = { "ecs:CreateAction" = "RunTask" } }
    },
    {
      Sid    = "HandOverTheirRoles"
      Effect = "Allow"
      Action = ["iam:PassRole"]
      Resource = concat(
        [for step in local.steps : aws_iam_role.task[step].arn],
        [for kind in ["plain", "task"] : aws_iam_role.execution[kind].arn],
      )
      Condition = { StringEquals = { "iam:PassedToService" = "ecs-tasks.amazonaws.com" } }
    },
    {
      Sid      = "ReadTheirLogs"
      Effect   = "Allow"
      Action   = ["logs:GetLogEvents"]
      Resource = [for step in local.steps : "${aws_cloudwatch_log_group.task[step].arn}:*"]
    },
    {
      Sid      = "ReadManifests"
      Effect   = "Allow"
      Action   = ["s3:GetObject"]
      Resource = [for pattern in local.manifests : "${var.storage.bucket_arn}/${pattern}"]
    },
    {
      # Not to list: a manifest that is missing answers 404 only where this holds for its key.
      Sid       = "TellMissingManifests"
      Effect    = "Allow"
      Action    = ["s3:ListBucket"]
      Resource  = [var.storage.bucket_arn]
      Condition = { StringLike = { "s3:prefix" = local.manifests } }
    },
    {
      Sid       = "DecryptManifestsThroughS3"
      Effect    = "Allow"
      Action    = ["kms:Decrypt"]
      Resource  = [var.storage.kms_key_arn]
      Condition = { StringEquals = { "kms:ViaService" = "s3.${local.region}.amazonaws.com" } }
    },
  ]
}

resource "aws_iam_policy" "scheduler" {
  name        = "${var.name}-scheduler"
  description = "Airflow's scheduler: run, watch and stop the steps of ${var.name}"
  policy      = jsonencode({ Version = "2012-10-17", Statement = local.scheduler_statements })
}
