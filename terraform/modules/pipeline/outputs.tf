output "airflow_environment" {
  description = "Settings of Airflow's scheduler, under the names that the DAGs read."
  value = {
    PIPELINE_ENGINE                 = "ecs"
    PIPELINE_DEPLOYMENT             = local.name
    PIPELINE_ECS_CLUSTER            = module.container_runtime.cluster_name
    PIPELINE_ECS_SUBNETS            = join(",", module.network.private_subnet_ids)
    PIPELINE_ECS_SECURITY_GROUPS    = module.network.task_security_group_id
    PIPELINE_ECS_TASK_FAMILY_PREFIX = module.container_runtime.task_family_prefix
    PIPELINE_ECS_LOG_GROUP_PREFIX   = module.container_runtime.log_group_prefix
    PIPELINE_BUCKET                 = module.object_store.bucket
    PIPELINE_LOG_LEVEL              = var.log_level # the scheduler hands its own to every task
    AWS_REGION                      = data.aws_region.current.id

    # No keys: Airflow acts as the role that it runs as, with the policy at scheduler_policy_arn.
    AIRFLOW_CONN_PIPELINE_STORE = jsonencode({ conn_type = "aws", extra = { region_name = data.aws_region.current.id } })
  }
}

output "task_environment" {
  description = "Names that each task's container gets from its definition: plain values, and where the secret ones come from."
  value       = module.container_runtime.task_environment
}

output "cluster_name" {
  description = "Name of the ECS cluster."
  value       = module.container_runtime.cluster_name
}

output "subnet_ids" {
  description = "Subnets that tasks run in."
  value       = module.network.private_subnet_ids
}

output "task_security_group_id" {
  description = "Security group that tasks run in."
  value       = module.network.task_security_group_id
}

output "task_families" {
  description = "Task definition family by task, `migrate` included."
  value       = module.container_runtime.task_families
}

output "log_groups" {
  description = "Log group by task, `migrate` included."
  value       = module.container_runtime.log_groups
}

output "bucket" {
  description = "Bucket of the pipeline."
  value       = module.object_store.bucket
}

output "database_endpoint" {
  description = "Host and port of the database."
  value       = "${local.database.host}:${local.database.port}"
}

output "database_secret_arn" {
  description = "Secret of the role that owns the schema."
  value       = local.database.owner_secret.arn
}

output "repository_urls" {
  description = "Address of each image repository."
  value       = module.container_runtime.repository_urls
}

output "scheduler_policy_arn" {
  description = "Policy to attach to the role that Airflow's scheduler runs as."
  value       = module.container_runtime.scheduler_policy_arn
}

output "policy" {
  description = "What protects this deployment, as set on its resources: for the tests that hold the environments apart. Without a database of its own, only the rest."
  value = merge(
    one(module.database[*].policy),
    {
      force_destroy       = var.force_destroy
      log_retention_days  = var.log_retention_days
      endpoint_zone_count = module.network.endpoint_zone_count
    },
  )
}
