variable "project" {
  description = "Name of the product; image repositories are `<project>/<task>`."
  type        = string
}

variable "name" {
  description = "Name prefix of the deployment, such as `corpus-dev`."
  type        = string
}

variable "sizes" {
  description = "CPU units (1024 is one core), memory in MiB and scratch space in GiB of each step; Fargate offers certain pairs only."
  type = map(object({
    cpu         = number
    memory      = number
    scratch_gib = optional(number, 20)
  }))

  validation {
    condition     = join(" ", sort(keys(var.sizes))) == "clean-chunk ingest lineage load validate"
    error_message = "sizes: exactly ingest, clean-chunk, validate, load and lineage, got ${join(", ", keys(var.sizes))}."
  }

  validation {
    condition = alltrue([
      for size in values(var.sizes) : contains(lookup({
        256  = [512, 1024, 2048]
        512  = range(1024, 4097, 1024)
        1024 = range(2048, 8193, 1024)
        2048 = range(4096, 16385, 1024)
        4096 = range(8192, 30721, 1024)
        8192 = range(16384, 61441, 4096)
      }, size.cpu, []), size.memory)
    ])
    error_message = "sizes: Fargate has no such pair of cpu and memory; 256: 512, 1024, 2048; 512: 1024 to 4096; 1024: 2048 to 8192; 2048: 4096 to 16384; 4096: 8192 to 30720 by 1024; 8192: 16384 to 61440 by 4096."
  }

  validation {
    condition     = alltrue([for size in values(var.sizes) : size.scratch_gib >= 20 && size.scratch_gib <= 200])
    error_message = "sizes: scratch_gib from 20 (included in the price) to 200."
  }
}

variable "image_tag" {
  description = "Tag of the images to run, the same for all of a release: a version or a commit."
  type        = string

  validation {
    condition     = can(regex("^[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127}$", var.image_tag)) && var.image_tag != "latest"
    error_message = "image_tag: a version or a commit; `latest` says nothing about what ran, and tags are immutable; got `${var.image_tag}`."
  }
}

variable "image_digests" {
  description = "Digest by image, where the bytes and not the tag shall decide; stored in lineage."
  type        = map(string)
  default     = {}

  validation {
    condition     = alltrue([for digest in values(var.image_digests) : can(regex("^sha256:[0-9a-f]{64}$", digest))])
    error_message = "image_digests: each `sha256:` and 64 hexadecimal digits."
  }

  validation {
    condition     = alltrue([for image in keys(var.image_digests) : contains(["ingest", "clean-chunk", "validate", "load", "lineage"], image)])
    error_message = "image_digests: keys are ingest, clean-chunk, validate, load, lineage; got ${join(", ", keys(var.image_digests))}."
  }
}

variable "image_registry" {
  description = "Registry that already holds the images, `<account>.dkr.ecr.<region>.amazonaws.com`; null: repositories are made here."
  type        = string
  default     = null

  validation {
    condition     = var.image_registry == null || can(regex("^[0-9]{12}\\.dkr\\.ecr\\.[a-z0-9-]+\\.amazonaws\\.com(\\.cn)?$", var.image_registry))
    error_message = "image_registry: `<account>.dkr.ecr.<region>.amazonaws.com`, without a path."
  }
}

variable "image_reader_account_ids" {
  description = "Other accounts that may pull from the repositories made here."
  type        = set(string)
  default     = []

  validation {
    condition     = alltrue([for id in var.image_reader_account_ids : can(regex("^[0-9]{12}$", id))])
    error_message = "image_reader_account_ids: account numbers of twelve digits."
  }
}

variable "cpu_architecture" {
  description = "Architecture that the images were built for."
  type        = string
  default     = "X86_64"

  validation {
    condition     = contains(["X86_64", "ARM64"], var.cpu_architecture)
    error_message = "cpu_architecture: X86_64 or ARM64, got `${var.cpu_architecture}`."
  }
}

variable "migrate_entry_point" {
  description = "Program of the lineage image that brings the database to the schema of its release."
  type        = list(string)
  default     = ["node", "migrate.js"]

  validation {
    condition     = length(var.migrate_entry_point) > 0
    error_message = "migrate_entry_point: empty, the image would run the lineage task instead."
  }
}

variable "storage" {
  description = "Bucket of the pipeline and the key of its objects."
  type        = object({ bucket_arn = string, kms_key_arn = string })

  validation {
    condition     = !strcontains(var.storage.bucket_arn, "*") && !strcontains(var.storage.kms_key_arn, "*")
    error_message = "storage: ARNs of one bucket and one key, no `*`: they become the resources of every task's policy."
  }
}

variable "database" {
  description = <<-EOT
    Database of the pipeline. Both secrets hold JSON with `username` and `password`. `owner_secret` belongs to the role that
    owns the schema and is used to migrate; `task_secret` to the one that load and lineage log in as (null: the owner).
  EOT
  type = object({
    host         = string
    port         = number
    name         = string
    owner_secret = object({ arn = string, kms_key_arn = string })
    task_secret  = optional(object({ arn = string, kms_key_arn = string }))
  })

  validation {
    condition     = can(regex("^[a-zA-Z0-9]([a-zA-Z0-9.-]*[a-zA-Z0-9])?$", var.database.host)) && can(regex("^[a-zA-Z0-9_-]+$", var.database.name))
    error_message = "database: a host name and a database name, nothing else in them: an address is made of both."
  }

  validation {
    condition = alltrue([
      for secret in [var.database.owner_secret, coalesce(var.database.task_secret, var.database.owner_secret)] :
      !strcontains(secret.arn, "*") && !strcontains(secret.kms_key_arn, "*")
    ])
    error_message = "database: ARNs of single secrets and keys, no `*`."
  }
}

variable "openlineage_url" {
  description = "OpenLineage server that the lineage task reports to; null: none. The network must let tasks reach it."
  type        = string
  default     = null

  validation {
    condition     = var.openlineage_url == null || can(regex("^https?://[^@/?#]+(/[^@?#]*)?$", var.openlineage_url))
    error_message = "openlineage_url: http:// or https://, and no credentials in it: plain environment is readable for everyone who can describe the task."
  }
}

variable "log_level" {
  description = "How much the tasks log."
  type        = string
  default     = "info"

  validation {
    condition     = contains(["error", "warn", "info", "debug"], var.log_level)
    error_message = "log_level: error, warn, info or debug, got `${var.log_level}`."
  }
}

variable "log_retention_days" {
  description = "Days that task logs are kept."
  type        = number
  default     = 90

  validation {
    condition     = contains([7, 14, 30, 60, 90, 180, 365, 400, 731], var.log_retention_days)
    error_message = "log_retention_days: one of 7, 14, 30, 60, 90, 180, 365, 400, 731, which CloudWatch accepts, got ${var.log_retention_days}."
  }
}

variable "container_insights" {
  description = "Whether the cluster measures CPU and memory of its tasks."
  type        = bool
  default     = true
}

variable "keep_old_revisions" {
  description = "Whether replaced task definitions stay usable, for runs in flight."
  type        = bool
  default     = true
}

variable "force_destroy" {
  description = "Whether destroying the repositories also deletes their images."
  type        = bool
  default     = false
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
