# PostgreSQL that only the tasks can reach, only over TLS, with a password that nobody has to know.

data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  identifier = "${var.name}-corpus"
  log_groups = [for kind in ["postgresql", "upgrade"] : "/aws/rds/instance/${local.identifier}/${kind}"]
}

module "key" {
  source = "../encryption_key"

  name                 = "${var.name}/database"
  description          = "Storage, insights, master secret and logs of ${local.identifier}"
  log_group_names      = local.log_groups
  deletion_window_days = var.key_deletion_window_days
}

resource "aws_db_subnet_group" "this" {
  name_prefix = "${local.identifier}-"
  description = "Private subnets of ${var.name}"
  subnet_ids  = var.subnet_ids

  lifecycle {
    create_before_destroy = true
  }
}

# Made before the instance, which would otherwise make them itself: unencrypted and kept for ever.
resource "aws_cloudwatch_log_group" "this" {
  for_each = toset(local.log_groups)

  name              = each.value
  retention_in_days = var.log_retention_days
  kms_key_id        = module.key.arn
}

resource "aws_db_instance" "this" {
  identifier     = local.identifier
  engine         = "postgres"
  engine_version = var.engine_version # the major version; AWS chooses and raises the minor one
  instance_class = var.instance_class
  db_name        = var.database_name
  port           = 5432

  # AWS makes, keeps and rotates the password; Terraform never sees it, so no state file holds it.
  username                            = "pipeline_owner"
  manage_master_user_password         = true
  master_user_secret_kms_key_id       = module.key.arn
  iam_database_authentication_enabled = true

  storage_type          = "gp3"
  allocated_storage     = var.storage_gib.initial
  max_allocated_storage = var.storage_gib.maximum
  storage_encrypted     = true
  kms_key_id            = module.key.arn

  db_subnet_group_name   = aws_db_subnet_group.this.name
  vpc_security_group_ids = [aws_security_group.this.id]
  publicly_accessible    = false
  multi_az               = var.multi_az
  ca_cert_identifier     = "rds-ca-rsa2048-g1"
  parameter_group_name   = aws_db_parameter_group.this.name

  backup_retention_period  = var.backup_retention_days
  backup_window            = "01:00-01:45" # UTC, before the daily run at 02:00
  maintenance_window       = "sun:04:00-sun:05:00"
  copy_tags_to_snapshot    = true
  delete_automated_backups = !var.deletion_protection
  deletion_protection      = var.deletion_protection
  skip_final_snapshot      = !var.final_snapshot

  # A name of its own for each instance: with a fixed one the second destroy fails on the first one's snapshot.
  final_snapshot_identifier = var.final_snapshot ? "${local.identifier}-final-${formatdate("YYYYMMDDhhmmss", plantimestamp())}" : null

  performance_insights_enabled          = true
  performance_insights_kms_key_id       = module.key.arn
  performance_insights_retention_period = 7 # days, the free tier
  monitoring_interval                   = 60
  monitoring_role_arn                   = aws_iam_role.monitoring.arn
  enabled_cloudwatch_logs_exports       = ["postgresql", "upgrade"]

  auto_minor_version_upgrade  = true
  allow_major_version_upgrade = var.allow_major_upgrade
  apply_immediately           = var.allow_major_upgrade # otherwise changes that restart wait for the maintenance window

  depends_on = [aws_cloudwatch_log_group.this, aws_iam_role_policy_attachment.monitoring]

  lifecycle {
    ignore_changes = [final_snapshot_identifier] # the time of the first apply, not of each plan
  }
}
