variable "project" {
  description = "Name of the product: first part of every name, and of the image repositories."
  type        = string
  default     = "text-corpus"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,18}[a-z0-9]$", var.project)) && !strcontains(var.project, "--")
    error_message = "project: 3 to 20 lower-case letters, digits and single hyphens, starting with a letter (bucket and role names are built from it), got `${var.project}`."
  }
}

variable "environment" {
  description = "Which deployment this is: second part of every name."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9]{1,9}$", var.environment))
    error_message = "environment: 2 to 10 lower-case letters and digits, starting with a letter, got `${var.environment}`."
  }
}

variable "deletion_protection" {
  description = "Whether AWS refuses to delete the database."
  type        = bool
  default     = true
  nullable    = false
}

variable "final_snapshot" {
  description = "Whether a snapshot is taken before the database is deleted."
  type        = bool
  default     = true
  nullable    = false
}

variable "force_destroy" {
  description = "Whether a destroy also empties buckets and image repositories."
  type        = bool
  default     = false
  nullable    = false

  validation {
    condition     = !(var.force_destroy && var.deletion_protection)
    error_message = "force_destroy with deletion_protection would empty the buckets of a deployment whose database is to be kept; lift the protection as well, or neither."
  }
}

variable "bucket_name" {
  description = "Name of the bucket; null: `<project>-<environment>-<account>`."
  type        = string
  default     = null

  validation {
    condition     = var.bucket_name == null || can(regex("^[a-z0-9][a-z0-9-]{1,56}[a-z0-9]$", var.bucket_name))
    error_message = "bucket_name: 3 to 58 lower-case letters, digits and hyphens."
  }
}

variable "existing_vpc" {
  description = "VPC to use instead of making one; its subnets must already reach S3, ECR, CloudWatch Logs and Secrets Manager."
  type = object({
    vpc_id                       = string
    private_subnet_ids           = list(string)
    https_egress_cidr_blocks     = list(string)
    https_egress_prefix_list_ids = optional(list(string), [])
  })
  default = null
}

variable "network" {
  description = "Shape of the VPC that is made, and further addresses that tasks may reach."
  type = object({
    cidr_block              = optional(string, "10.40.0.0/16")
    zones                   = optional(list(string))
    zone_count              = optional(number, 2)
    endpoint_zone_count     = optional(number, 2)
    flow_log_retention_days = optional(number, 90)
    task_egress             = optional(map(object({ cidr_block = string, port = number })), {})
  })
  default  = {}
  nullable = false
}

variable "existing_database" {
  description = "PostgreSQL to use instead of making one. `owner_secret` holds JSON with `username` and `password` of the role that owns the schema."
  type = object({
    host              = string
    port              = optional(number, 5432)
    name              = string
    security_group_id = string
    owner_secret      = object({ arn = string, kms_key_arn = string })
  })
  default = null

  validation {
    condition     = var.existing_database == null || can(regex("^sg-[0-9a-f]{8,17}$", var.existing_database.security_group_id))
    error_message = "existing_database: security_group_id must look like `sg-0123456789abcdef0`."
  }

  validation {
    condition = var.existing_database == null || (
      can(regex("^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[^*?]+$", var.existing_database.owner_secret.arn))
      && can(regex("^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[a-z0-9-]+$", var.existing_database.owner_secret.kms_key_arn))
    )
    error_message = "existing_database: owner_secret needs the full ARN of one secret, and of the key that encrypts it (not an alias)."
  }
}

variable "database" {
  description = "Shape of the database that is made."
  type = object({
    engine_version        = optional(string, "17")
    instance_class        = optional(string, "db.t4g.medium")
    storage_gib           = optional(object({ initial = number, maximum = number }), { initial = 50, maximum = 500 })
    multi_az              = optional(bool, true)
    backup_retention_days = optional(number, 14)
    allow_major_upgrade   = optional(bool, false)
  })
  default  = {}
  nullable = false
}

variable "database_clients" {
  description = "Further security groups that may connect to the database that is made, by name: Airflow, a dashboard."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for id in values(var.database_clients) : can(regex("^sg-[0-9a-f]{8,17}$", id))]) && !contains(keys(var.database_clients), "tasks")
    error_message = "database_clients: security group ids such as `sg-0123456789abcdef0`; the name `tasks` is taken."
  }
}

variable "application_secret" {
  description = "Secret (JSON with `username` and `password`) of the role that load and lineage log in as; null: the owner's."
  type        = object({ arn = string, kms_key_arn = string })
  default     = null

  validation {
    condition = var.application_secret == null || (
      can(regex("^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[^*?]+$", var.application_secret.arn))
      && can(regex("^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[a-z0-9-]+$", var.application_secret.kms_key_arn))
    )
    error_message = "application_secret: the full ARN of one secret, and of the key that encrypts it (not an alias)."
  }
}

variable "object_lifecycle" {
  description = "How long objects outside parts/ are kept; null: for ever."
  type = object({
    noncurrent_version_days    = optional(number, 30)
    raw_infrequent_access_days = optional(number)
    runs_expire_days           = optional(number)
  })
  default  = {}
  nullable = false
}

variable "object_events_enabled" {
  description = "Whether the bucket reports its changes to EventBridge."
  type        = bool
  default     = false
  nullable    = false
}

variable "sizes" {
  description = "CPU units, memory in MiB and scratch space in GiB of each step."
  type = map(object({
    cpu         = number
    memory      = number
    scratch_gib = optional(number, 20)
  }))

  # A document is held as a string and bounds memory: 300 MB + 12 x the largest accepted one (32 MiB by default) = 684 MB.
  # The same table as the DAGs' (dags/pipeline/spec.py), so that a step has the same room on every engine.
  default = {
    ingest      = { cpu = 512, memory = 2048 }
    clean-chunk = { cpu = 1024, memory = 2048 }
    validate    = { cpu = 1024, memory = 2048 }
    load        = { cpu = 512, memory = 1024 }
    lineage     = { cpu = 512, memory = 2048 }
  }
  nullable = false
}

variable "image_tag" {
  description = "Tag of the images to run."
  type        = string
  nullable    = false
}

variable "image_digests" {
  description = "Digest by image, where the bytes and not the tag shall decide."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "image_registry" {
  description = "Registry that already holds the images, `<account>.dkr.ecr.<region>.amazonaws.com`; null: repositories are made here."
  type        = string
  default     = null
}

variable "image_reader_account_ids" {
  description = "Other accounts that may pull from the repositories made here."
  type        = set(string)
  default     = []
  nullable    = false
}

variable "cpu_architecture" {
  description = "Architecture that the images were built for: X86_64 or ARM64."
  type        = string
  default     = "X86_64"
  nullable    = false
}

variable "sources" {
  description = "Further places that ingest may read documents from, by name: a bucket, a key prefix, the key that encrypts it; see modules/container_runtime. Of the same region: S3's gateway endpoint leads to no other."
  type        = map(object({ bucket_arn = string, prefix = optional(string, ""), kms_key_arn = optional(string) }))
  default     = {}
  nullable    = false
}

variable "openlineage_url" {
  description = "OpenLineage server that the lineage task reports to; null: none."
  type        = string
  default     = null
}

variable "log_level" {
  description = "How much the tasks log: error, warn, info or debug."
  type        = string
  default     = "info"
  nullable    = false
}

variable "log_retention_days" {
  description = "Days that logs of tasks and database are kept."
  type        = number
  default     = 90
  nullable    = false
}

variable "permissions_boundary_arn" {
  description = "Permissions boundary of every role made here; null: none."
  type        = string
  default     = null

  validation {
    condition     = var.permissions_boundary_arn == null || can(regex("^arn:aws[a-z-]*:iam::([0-9]{12}|aws):policy/", var.permissions_boundary_arn))
    error_message = "permissions_boundary_arn: the ARN of a policy."
  }
}
