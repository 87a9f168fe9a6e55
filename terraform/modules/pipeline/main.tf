# The whole deployment out of its four parts. Both environments call this, so that they cannot drift apart;
# what may differ between them are the variables.

data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  name = "${var.project}-${var.environment}"

  # Bucket names are unique in the world; the account's number makes this one so without a random part.
  bucket_name = coalesce(var.bucket_name, "${local.name}-${data.aws_caller_identity.current.account_id}")
  bucket_arn  = "arn:${data.aws_partition.current.partition}:s3:::${local.bucket_name}"

  # As long as AWS allows where something outlives the deployment that only its key can read: the last snapshot.
  key_deletion_window_days = var.final_snapshot ? 30 : 7
}

module "network" {
  source = "../network"

  name                     = local.name
  existing_vpc             = var.existing_vpc
  cidr_block               = var.network.cidr_block
  zones                    = var.network.zones
  zone_count               = var.network.zone_count
  endpoint_zone_count      = var.network.endpoint_zone_count
  flow_log_retention_days  = var.network.flow_log_retention_days
  task_egress              = var.network.task_egress
  bucket_arns              = [local.bucket_arn]
  source_bucket_arns       = distinct([for source in values(var.sources) : source.bucket_arn])
  permissions_boundary_arn = var.permissions_boundary_arn
  key_deletion_window_days = local.key_deletion_window_days
}

module "object_store" {
  source = "../object_store"

  name                       = local.name
  bucket_name                = local.bucket_name
  force_destroy              = var.force_destroy
  noncurrent_version_days    = var.object_lifecycle.noncurrent_version_days
  raw_infrequent_access_days = var.object_lifecycle.raw_infrequent_access_days
  runs_expire_days           = var.object_lifecycle.runs_expire_days
  events_enabled             = var.object_events_enabled
  key_deletion_window_days   = local.key_deletion_window_days
}

module "database" {
  source = "../database"
  count  = var.existing_database == null ? 1 : 0

  name                      = local.name
  vpc_id                    = module.network.vpc_id
  subnet_ids                = module.network.private_subnet_ids
  client_security_group_ids = merge({ tasks = module.network.task_security_group_id }, var.database_clients)
  engine_version            = var.database.engine_version
  instance_class            = var.database.instance_class
  storage_gib               = var.database.storage_gib
  multi_az                  = var.database.multi_az
  backup_retention_days     = var.database.backup_retention_days
  allow_major_upgrade       = var.database.allow_major_upgrade
  log_retention_days        = var.log_retention_days
  deletion_protection       = var.deletion_protection
  final_snapshot            = var.final_snapshot
  permissions_boundary_arn  = var.permissions_boundary_arn
  key_deletion_window_days  = local.key_deletion_window_days
}

module "container_runtime" {
  source = "../container_runtime"

  project                  = var.project
  name                     = local.name
  sizes                    = var.sizes
  image_tag                = var.image_tag
  image_digests            = var.image_digests
  image_registry           = var.image_registry
  image_reader_account_ids = var.image_reader_account_ids
  cpu_architecture         = var.cpu_architecture
  storage                  = { bucket_arn = module.object_store.bucket_arn, kms_key_arn = module.object_store.kms_key_arn }
  database                 = merge(local.database, { task_secret = var.application_secret })
  sources                  = var.sources
  openlineage_url          = var.openlineage_url
  log_level                = var.log_level
  log_retention_days       = var.log_retention_days
  keep_old_revisions       = !var.force_destroy
  force_destroy            = var.force_destroy
  permissions_boundary_arn = var.permissions_boundary_arn
  key_deletion_window_days = local.key_deletion_window_days
}
