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

output "endpoint_zone_count" {
  description = "Zones in which each interface endpoint answers; 0 with an existing VPC."
  value       = local.own ? var.endpoint_zone_count : 0
}
