variable "name" {
  description = "Name prefix of the deployment, such as `corpus-dev`."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,38}[a-z0-9]$", var.name)) && !strcontains(var.name, "--")
    error_message = "name: 3 to 40 lower-case letters, digits and single hyphens, starting with a letter (role names add up to 21 characters to it, and IAM takes 64), got `${var.name}`."
  }
}

variable "vpc_id" {
  description = "VPC of the database."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^vpc-[0-9a-f]{8,17}$", var.vpc_id))
    error_message = "vpc_id: must look like `vpc-0123456789abcdef0`, got `${var.vpc_id}`."
  }
}

variable "subnet_ids" {
  description = "Private subnets in at least two zones."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.subnet_ids) >= 2
    error_message = "subnet_ids: RDS needs two or more, got ${length(var.subnet_ids)}."
  }
}

variable "client_security_group_ids" {
  description = "Security groups that may connect, by a name that the rule's description shows."
  type        = map(string)
  nullable    = false

  validation {
    condition     = length(var.client_security_group_ids) > 0
    error_message = "client_security_group_ids: at least one, or nothing can use the database."
  }

  validation {
    condition     = alltrue([for id in values(var.client_security_group_ids) : can(regex("^sg-[0-9a-f]{8,17}$", id))]) && length(distinct(values(var.client_security_group_ids))) == length(var.client_security_group_ids)
    error_message = "client_security_group_ids: ids such as `sg-0123456789abcdef0`, each once: AWS refuses the same rule twice."
  }
}

variable "engine_version" {
  description = "Major version of PostgreSQL."
  type        = string
  default     = "17"
  nullable    = false

  validation {
    condition     = contains(["17", "18"], var.engine_version)
    error_message = "engine_version: 17 or 18 without a minor version (AWS raises that one by itself), got `${var.engine_version}`."
  }
}

variable "instance_class" {
  description = "Size of the server."
  type        = string
  default     = "db.t4g.medium"
  nullable    = false

  validation {
    condition     = can(regex("^db\\.[a-z][0-9][a-z0-9]*\\.(micro|small|medium|large|[0-9]{0,2}xlarge)$", var.instance_class))
    error_message = "instance_class: a class such as `db.t4g.medium`, got `${var.instance_class}`."
  }
}

variable "database_name" {
  description = "Database that is made with the server."
  type        = string
  default     = "corpus"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9_]{0,62}$", var.database_name)) && !contains(["postgres", "template0", "template1", "rdsadmin"], var.database_name)
    error_message = "database_name: lower-case letters, digits and `_`, starting with a letter, and none of the server's own; got `${var.database_name}`."
  }
}

variable "storage_gib" {
  description = "Storage at the start and the limit to which it grows by itself."
  type        = object({ initial = number, maximum = number })
  default     = { initial = 50, maximum = 500 }
  nullable    = false

  validation {
    condition = try(
      var.storage_gib.initial >= 20 && var.storage_gib.maximum >= ceil(var.storage_gib.initial * 1.1) && var.storage_gib.maximum <= 65536
      && floor(var.storage_gib.initial) == var.storage_gib.initial && floor(var.storage_gib.maximum) == var.storage_gib.maximum, false
    )
    error_message = "storage_gib: whole numbers; initial at least 20; maximum at least a tenth above it (RDS does not grow in smaller steps) and at most 65536."
  }
}

variable "multi_az" {
  description = "Whether a standby runs in a second zone."
  type        = bool
  default     = true
  nullable    = false
}

variable "deletion_protection" {
  description = "Whether AWS refuses to delete the server, and keeps its automated backups when it is deleted after all."
  type        = bool
  default     = true
  nullable    = false
}

variable "final_snapshot" {
  description = "Whether a snapshot is taken before the server is deleted."
  type        = bool
  default     = true
  nullable    = false
}

variable "backup_retention_days" {
  description = "Days of point-in-time recovery."
  type        = number
  default     = 14
  nullable    = false

  validation {
    condition     = contains(range(7, 36), var.backup_retention_days)
    error_message = "backup_retention_days: 7 to 35, got ${var.backup_retention_days}."
  }
}

variable "allow_major_upgrade" {
  description = "Whether a new engine_version of another major may be applied, at once and with a restart. Off again afterwards."
  type        = bool
  default     = false
  nullable    = false
}

variable "slow_statement_ms" {
  description = "Statements that take longer are logged, without their values."
  type        = number
  default     = 1000
  nullable    = false

  validation {
    condition     = var.slow_statement_ms >= 100 && floor(var.slow_statement_ms) == var.slow_statement_ms
    error_message = "slow_statement_ms: at least 100; below that a bulk load fills the log, got ${var.slow_statement_ms}."
  }
}

variable "log_retention_days" {
  description = "Days that the server's logs are kept."
  type        = number
  default     = 90
  nullable    = false

  validation {
    condition     = contains([7, 14, 30, 60, 90, 180, 365, 400, 731], var.log_retention_days)
    error_message = "log_retention_days: one of 7, 14, 30, 60, 90, 180, 365, 400, 731, which CloudWatch accepts, got ${var.log_retention_days}."
  }
}

variable "permissions_boundary_arn" {
  description = "Permissions boundary of the roles made here; null: none."
  type        = string
  default     = null

  validation {
    condition     = var.permissions_boundary_arn == null || can(regex("^arn:aws[a-z-]*:iam::([0-9]{12}|aws):policy/[^*]+$", var.permissions_boundary_arn))
    error_message = "permissions_boundary_arn: the ARN of one policy, `arn:aws:iam::<account>:policy/<name>`."
  }
}

variable "key_deletion_window_days" {
  description = "Days in which a deleted key can be restored."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = contains(range(7, 31), var.key_deletion_window_days)
    error_message = "key_deletion_window_days: AWS accepts 7 to 30, got ${var.key_deletion_window_days}."
  }
}
