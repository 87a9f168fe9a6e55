output "cluster_name" {
  description = "Name of the ECS cluster."
  value       = aws_ecs_cluster.this.name
}

output "cluster_arn" {
  description = "ARN of the ECS cluster."
  value       = aws_ecs_cluster.this.arn
}

output "task_families" {
  description = "Task definition family by task, `migrate` included."
  value       = { for task, definition in aws_ecs_task_definition.task : task => definition.family }
}

output "task_family_prefix" {
  description = "What stands before the task in a family's name."
  value       = "${var.name}-"
}

output "log_groups" {
  description = "Log group by task."
  value       = { for task, group in aws_cloudwatch_log_group.task : task => group.name }
}

output "log_group_prefix" {
  description = "What stands before the task in a log group's name."
  value       = "/${var.name}/"
}

output "task_roles" {
  description = "ARN of each task's role."
  value       = { for task, role in aws_iam_role.task : task => role.arn }
}

output "execution_roles" {
  description = "ARN of each execution role: plain, task (reads the tasks' database secret), owner (reads the owner's)."
  value       = { for kind, role in aws_iam_role.execution : kind => role.arn }
}

output "repository_urls" {
  description = "Address of each image repository."
  value       = local.repository_urls
}

output "scheduler_policy_arn" {
  description = "Policy to attach to the role that Airflow's scheduler runs as."
  value       = aws_iam_policy.scheduler.arn
}

output "task_environment" {
  description = "Names that each task's container gets from its definition: plain values, and where the secret ones come from."
  value = {
    for task in keys(local.access) : task => {
      plain   = local.environment[task]
      secrets = local.container_secrets[task]
    }
  }
}
