variable "name" {
  description = "Name prefix of the deployment, such as `corpus-dev`."
  type        = string
}

variable "vpc_id" {
  description = "VPC of the database."
  type        = string
}

variable "subnet_ids" {
  description = "Private subnets in at least two zones."
  type        = list(string)

  validation {
    condition     = length(var.subnet_ids) >= 2
    error_message = "subnet_ids: RDS needs two or more, got ${length(var.subnet_ids)}."
  }
}

variable "client_security_group_ids" {
  description = "Security groups that may connect, by a name that the rule's description shows."
  type        = map(string)

  validation {
    condition     = length(var.client_security_group_ids) > 0
    error_message = "client_security_group_ids: at least one, or nothing can use the database."
  }
}

variable "engine_version" {
  description = "Major version of PostgreSQL."
  type        = string
  default     = "17"

  validation {
    condition     = contains(["17", "18"], var.engine_version)
    error_message = "engine_version: 17 or 18 without a minor version (AWS raises that one by itself), got `${var.engine_version}`."
  }
}

variable "instance_class" {
  description = "Size of the server."
  type        = string
  default     = "db.t4g.medium"

  validation {
    condition     = can(regex("^db\\.[a-z0-9]+\\.[a-z0-9]+$", var.instance_class))
    error_message = "instance_class: a class such as `db.t4g.medium`, got `${var.instance_class}`."
  }
}

variable "database_name" {
  description = "Database that is made with the server."
  type        = string
  default     = "corpus"

  validation {
    condition     = can(regex("^[a-z][a-z0-9_]{0,62}$", var.database_name)) && !contains(["postgres", "template0", "template1", "rdsadmin"], var.database_name)
    error_message = "database_name: lower-case letters, digits and `_`, starting with a letter, and none of the server's own; got `${var.database_name}`."
  }
}

variable "storage_gib" {
  description = "Storage at the start and the limit to which it grows by itself."
  type        = object({ initial = number, maximum = number })
  default     = { initial = 50, maximum = 500 }

  validation {
    condition     = var.storage_gib.initial >= 20 && var.storage_gib.maximum >= ceil(var.storage_gib.initial * 1.1) && var.storage_gib.maximum <= 65536
    error_message = "storage_gib: initial at least 20; maximum at least a tenth above it (RDS does not grow in smaller steps) and at most 65536; got ${var.storage_gib.initial} and ${var.storage_gib.maximum}."
  }
}

variable "multi_az" {
  description = "Whether a standby runs in a second zone."
  type        = bool
  default     = true
}

variable "deletion_protection" {
  description = "Whether AWS refuses to delete the server, and keeps its automated backups when it is deleted after all."
  type        = bool
  default     = true
}

variable "final_snapshot" {
  description = "Whether a snapshot is taken before the server is deleted."
  type        = bool
  default     = true
}

variable "backup_retention_days" {
  description = "Days of point-in-time recovery."
  type        = number
  default     = 14

  validation {
    condition     = var.backup_retention_days >= 7 && var.backup_retention_days <= 35
    error_message = "backup_retention_days: 7 to 35, got ${var.backup_retention_days}."
  }
}

variable "slow_statement_ms" {
  description = "Statements that take longer are logged, without their values."
  type        = number
  default     = 1000

  validation {
    condition     = var.slow_statement_ms >= 100
    error_message = "slow_statement_ms: at least 100; below that a bulk load fills the log, got ${var.slow_statement_ms}."
  }
}

variable "log_retention_days" {
  description = "Days that the server's logs are kept."
  type        = number
  default     = 90

  validation {
    condition     = contains([7, 14, 30, 60, 90, 180, 365, 400, 731], var.log_retention_days)
    error_message = "log_retention_days: one of 7, 14, 30, 60, 90, 180, 365, 400, 731, which CloudWatch accepts, got ${var.log_retention_days}."
  }
}

variable "permissions_boundary_arn" {
  description = "Permissions boundary of the roles made here; null: none."
  type        = string
  default     = null
}

variable "key_deletion_window_days" {
  description = "Days in which a deleted key can be restored."
  type        = number
  default     = 30
}
