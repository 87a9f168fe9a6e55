# The cluster, and one Fargate task definition per task.

module "key" {
  source = "../encryption_key"

  name                 = "${var.name}/runtime"
  description          = "Images and logs of ${var.name}"
  log_group_names      = [for task in keys(local.access) : "/${var.name}/${task}"]
  deletion_window_days = var.key_deletion_window_days
}

resource "aws_ecs_cluster" "this" {
  name = var.name

  setting {
    name  = "containerInsights"
    value = var.container_insights ? "enabled" : "disabled"
  }
}

resource "aws_cloudwatch_log_group" "task" {
  for_each = local.access

  name              = "/${var.name}/${each.key}"
  retention_in_days = var.log_retention_days
  kms_key_id        = module.key.arn
}

resource "aws_ecs_task_definition" "task" {
  for_each = local.access

  family                   = "${var.name}-${each.key}"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = local.sizes[each.key].cpu
  memory                   = local.sizes[each.key].memory
  task_role_arn            = aws_iam_role.task[each.key].arn
  execution_role_arn       = aws_iam_role.execution[coalesce(each.value.database, "plain")].arn
  container_definitions    = jsonencode([local.containers[each.key]])

  # A run in flight keeps the revision it started with, so an old revision must stay usable.
  skip_destroy = var.keep_old_revisions

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = var.cpu_architecture
  }

  # Fargate gives 20 GiB for nothing and calls only more than that "ephemeral storage".
  dynamic "ephemeral_storage" {
    for_each = local.sizes[each.key].scratch_gib > 20 ? [local.sizes[each.key].scratch_gib] : []
    content {
      size_in_gib = ephemeral_storage.value
    }
  }

  # The root file system is read-only, and Fargate has no tmpfs.
  volume {
    name = "tmp"
  }
}
