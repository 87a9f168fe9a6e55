output "connection" {
  description = "Where the database is and which secret opens it; never a password."
  value = {
    host               = aws_db_instance.this.address
    port               = aws_db_instance.this.port
    name               = aws_db_instance.this.db_name
    secret_arn         = aws_db_instance.this.master_user_secret[0].secret_arn
    secret_kms_key_arn = module.key.arn
  }
}

output "endpoint" {
  description = "Host and port."
  value       = aws_db_instance.this.endpoint
}

output "resource_id" {
  description = "Identity of the server in `rds-db:connect` policies, for people who log in through IAM."
  value       = aws_db_instance.this.resource_id
}

output "security_group_id" {
  description = "Security group of the server."
  value       = aws_security_group.this.id
}

output "log_group_names" {
  description = "Log groups of the server."
  value       = local.log_groups
}

output "policy" {
  description = "What protects the server, as set on it."
  value = {
    deletion_protection   = aws_db_instance.this.deletion_protection
    final_snapshot        = !aws_db_instance.this.skip_final_snapshot
    multi_az              = aws_db_instance.this.multi_az
    backup_retention_days = aws_db_instance.this.backup_retention_period
  }
}
