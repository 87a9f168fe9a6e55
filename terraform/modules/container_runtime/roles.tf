# One role per task for what its program does; three execution roles for what ECS does before the program starts.

locals {
  execution_kinds = {
    plain = []
    task  = local.secret_statements.task
    owner = local.secret_statements.owner
  }
}

resource "aws_iam_role" "task" {
  for_each = local.access

  name                 = "${var.name}-${each.key}"
  description          = "What the program of ${each.key} may do"
  assume_role_policy   = jsonencode(local.trust_policy)
  permissions_boundary = var.permissions_boundary_arn
}

resource "aws_iam_role_policy" "task" {
  for_each = local.task_statements

  name   = "objects-by-prefix"
  role   = aws_iam_role.task[each.key].id
  policy = jsonencode({ Version = "2012-10-17", Statement = each.value })
}

resource "aws_iam_role" "execution" {
  for_each = local.execution_kinds

  name                 = "${var.name}-execution-${each.key}"
  description          = "Pulls images, writes logs${each.key == "plain" ? "" : ", reads the database secret (${each.key})"}"
  assume_role_policy   = jsonencode(local.trust_policy)
  permissions_boundary = var.permissions_boundary_arn
}

resource "aws_iam_role_policy" "execution" {
  for_each = local.execution_kinds

  name   = "start-containers"
  role   = aws_iam_role.execution[each.key].id
  policy = jsonencode({ Version = "2012-10-17", Statement = concat(local.pull_and_log_statements[each.key], each.value) })
}
