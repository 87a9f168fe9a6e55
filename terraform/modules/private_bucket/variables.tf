variable "name" {
  description = "Name of the bucket, unique in the world."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.name)) && !startswith(var.name, "xn--") && !endswith(var.name, "-s3alias")
    error_message = "name: 3 to 63 lower-case letters, digits and hyphens, starting and ending with a letter or digit (dots break TLS for bucket host names); got `${var.name}`."
  }
}

variable "kms_key_arn" {
  description = "Key that encrypts the objects; null: SSE-S3, for buckets that receive access logs."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null || can(regex("^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/", var.kms_key_arn))
    error_message = "kms_key_arn: the ARN of a key (`arn:aws:kms:region:account:key/...`); an alias would not match the bucket policy."
  }
}

variable "force_destroy" {
  description = "Whether destroying the bucket also deletes every object and version in it."
  type        = bool
  default     = false
  nullable    = false
}

variable "access_logs" {
  description = "Bucket and key prefix that receive this bucket's access logs; null: none."
  type        = object({ bucket = string, prefix = string })
  default     = null

  validation {
    condition     = var.access_logs == null || try(endswith(var.access_logs.prefix, "/") && length(var.access_logs.bucket) > 0, false)
    error_message = "access_logs: a bucket, and a prefix that ends with `/`, otherwise the logs of two buckets run into each other."
  }
}

variable "receives_access_logs_of" {
  description = "Buckets, with their account, whose access logs S3 may deliver here, and below which prefix."
  type        = list(object({ bucket_arn = string, account_id = string, prefix = string }))
  default     = []
  nullable    = false

  validation {
    condition = alltrue([
      for source in var.receives_access_logs_of :
      can(regex("^arn:aws[a-z-]*:s3:::[a-z0-9.-]+$", source.bucket_arn)) && can(regex("^[0-9]{12}$", source.account_id)) && endswith(source.prefix, "/")
    ])
    error_message = "receives_access_logs_of: each the plain ARN of a bucket, an account number of twelve digits, and the key prefix of its logs, ending with `/`."
  }
}
