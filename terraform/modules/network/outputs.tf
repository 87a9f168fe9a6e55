output "vpc_id" {
  description = "VPC that the tasks and the database live in."
  value       = local.vpc_id
}

output "private_subnet_ids" {
  description = "Private subnets, one per zone."
  value       = local.subnet_ids
}

output "task_security_group_id" {
  description = "Security group of the task containers."
  value       = aws_security_group.tasks.id
}
