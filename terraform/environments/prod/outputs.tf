output "airflow_environment" {
  description = "Settings of Airflow's scheduler, under the names that the DAGs read."
  value       = module.pipeline.airflow_environment
}

output "task_environment" {
  description = "Names that each task's container gets from its definition: plain values, and where the secret ones come from."
  value       = module.pipeline.task_environment
}

output "cluster_name" {
  description = "Name of the ECS cluster."
  value       = module.pipeline.cluster_name
}

output "subnet_ids" {
  description = "Subnets that tasks run in."
  value       = module.pipeline.subnet_ids
}

output "task_security_group_id" {
  description = "Security group that tasks run in."
  value       = module.pipeline.task_security_group_id
}

output "task_families" {
  description = "Task definition family by task, `migrate` included."
  value       = module.pipeline.task_families
}

output "log_groups" {
  description = "Log group by task, `migrate` included."
  value       = module.pipeline.log_groups
}

output "bucket" {
  description = "Bucket of the pipeline."
  value       = module.pipeline.bucket
}

output "database_endpoint" {
  description = "Host and port of the database."
  value       = module.pipeline.database_endpoint
}

output "database_secret_arn" {
  description = "Secret of the role that owns the schema."
  value       = module.pipeline.database_secret_arn
}

output "repository_urls" {
  description = "Address of each image repository."
  value       = module.pipeline.repository_urls
}

output "scheduler_policy_arn" {
  description = "Policy to attach to the role that Airflow's scheduler runs as."
  value       = module.pipeline.scheduler_policy_arn
}
