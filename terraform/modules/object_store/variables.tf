variable "name" {
  description = "Name prefix of the deployment, such as `corpus-dev`."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,38}[a-z0-9]$", var.name)) && !strcontains(var.name, "--")
    error_message = "name: 3 to 40 lower-case letters, digits and single hyphens, starting with a letter (role names add up to 21 characters to it, and IAM takes 64), got `${var.name}`."
  }
}

variable "bucket_name" {
  description = "Name of the bucket; the one for its access logs adds `-logs`."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{1,56}[a-z0-9]$", var.bucket_name)) && !startswith(var.bucket_name, "xn--") && !endswith(var.bucket_name, "-s3alias")
    error_message = "bucket_name: 3 to 58 lower-case letters, digits and hyphens (`-logs` must still fit into 63; no dots, which break TLS for bucket host names; `xn--` and `-s3alias` are S3's own), got `${var.bucket_name}`."
  }
}

variable "force_destroy" {
  description = "Whether destroying the store also deletes what is in it: for throw-away environments only."
  type        = bool
  default     = false
  nullable    = false
}

variable "noncurrent_version_days" {
  description = "Days that superseded versions under raw/ and runs/ are kept."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = var.noncurrent_version_days >= 1 && floor(var.noncurrent_version_days) == var.noncurrent_version_days
    error_message = "noncurrent_version_days: a whole number of days, at least 1, got ${var.noncurrent_version_days}."
  }
}

variable "raw_infrequent_access_days" {
  description = "Age in days at which files of the landing zone move to infrequent access; null: never. They stay readable at once."
  type        = number
  default     = null

  validation {
    condition     = var.raw_infrequent_access_days == null || try(var.raw_infrequent_access_days >= 30 && floor(var.raw_infrequent_access_days) == var.raw_infrequent_access_days, false)
    error_message = "raw_infrequent_access_days: a whole number; S3 refuses fewer than 30 days for STANDARD_IA."
  }
}

variable "runs_expire_days" {
  description = "Age in days at which manifests, events and reports of a run are deleted; null: never. Lineage in the database stays."
  type        = number
  default     = null

  validation {
    condition     = var.runs_expire_days == null || try(var.runs_expire_days >= 30 && floor(var.runs_expire_days) == var.runs_expire_days, false)
    error_message = "runs_expire_days: a whole number of at least 30, so that a failed run can still be looked into and resumed."
  }
}

variable "access_log_retention_days" {
  description = "Days that access logs are kept."
  type        = number
  default     = 365
  nullable    = false

  validation {
    condition     = var.access_log_retention_days >= 30 && floor(var.access_log_retention_days) == var.access_log_retention_days
    error_message = "access_log_retention_days: a whole number of at least 30, got ${var.access_log_retention_days}."
  }
}

variable "events_enabled" {
  description = "Whether the bucket reports its changes to EventBridge."
  type        = bool
  default     = false
  nullable    = false
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
