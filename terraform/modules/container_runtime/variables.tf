variable "project" {
  description = "Name of the product; image repositories are `<project>/<task>`."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,18}[a-z0-9]$", var.project)) && !strcontains(var.project, "--")
    error_message = "project: 3 to 20 lower-case letters, digits and single hyphens, starting with a letter, got `${var.project}`."
  }
}

variable "name" {
  description = "Name prefix of the deployment, such as `corpus-dev`."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,38}[a-z0-9]$", var.name)) && !strcontains(var.name, "--")
    error_message = "name: 3 to 40 lower-case letters, digits and single hyphens, starting with a letter (role names add up to 21 characters to it, and IAM takes 64), got `${var.name}`."
  }
}

variable "sizes" {
  description = "CPU units (1024 is one core), memory in MiB and scratch space in GiB of each step; Fargate offers certain pairs only."
  type = map(object({
    cpu         = number
    memory      = number
    scratch_gib = optional(number, 20)
  }))
  nullable = false

  validation {
    condition     = join(" ", sort(keys(var.sizes))) == "clean-chunk ingest lineage load validate"
    error_message = "sizes: exactly ingest, clean-chunk, validate, load and lineage, got ${join(", ", keys(var.sizes))}."
  }

  validation {
    condition = alltrue([
      for size in values(var.sizes) : contains(lookup({
        256   = [512, 1024, 2048]
        512   = range(1024, 4097, 1024)
        1024  = range(2048, 8193, 1024)
        2048  = range(4096, 16385, 1024)
        4096  = range(8192, 30721, 1024)
        8192  = range(16384, 61441, 4096)
        16384 = range(32768, 122881, 8192)
      }, size.cpu, []), size.memory)
    ])
    error_message = "sizes: Fargate has no such pair of cpu and memory; 256: 512, 1024, 2048; 512: 1024 to 4096; 1024: 2048 to 8192; 2048: 4096 to 16384; 4096: 8192 to 30720 by 1024; 8192: 16384 to 61440 by 4096; 16384: 32768 to 122880 by 8192."
  }

  validation {
    condition     = alltrue([for size in values(var.sizes) : contains(range(20, 201), size.scratch_gib)])
    error_message = "sizes: scratch_gib a whole number from 20 (included in the price) to 200."
  }
}

variable "image_tag" {
  description = "Tag of the images to run, the same for all of a release: a version or a commit."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127}$", var.image_tag)) && var.image_tag != "latest"
    error_message = "image_tag: a version or a commit; `latest` says nothing about what ran, and tags are immutable; got `${var.image_tag}`."
  }
}

variable "image_digests" {
  description = "Digest by image, where the bytes and not the tag shall decide; stored in lineage."
  type        = map(string)
  default     = {}
  nullable    = false

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
  nullable    = false

  validation {
    condition     = alltrue([for id in var.image_reader_account_ids : can(regex("^[0-9]{12}$", id))])
    error_message = "image_reader_account_ids: account numbers of twelve digits."
  }
}

variable "cpu_architecture" {
  description = "Architecture that the images were built for."
  type        = string
  default     = "X86_64"
  nullable    = false

  validation {
    condition     = contains(["X86_64", "ARM64"], var.cpu_architecture)
    error_message = "cpu_architecture: X86_64 or ARM64, got `${var.cpu_architecture}`."
  }
}

variable "migrate_entry_point" {
  description = "Program of the lineage image that brings the database to the schema of its release."
  type        = list(string)
  default     = ["node", "migrate.js"]
  nullable    = false

  validation {
    condition     = length(var.migrate_entry_point) > 0 && alltrue([for word in var.migrate_entry_point : length(word) > 0])
    error_message = "migrate_entry_point: empty, the image would run the lineage task instead."
  }
}

variable "storage" {
  description = "Bucket of the pipeline and the key of its objects."
  type        = object({ bucket_arn = string, kms_key_arn = string })
  nullable    = false

  validation {
    condition     = can(regex("^arn:aws[a-z-]*:s3:::[a-z0-9.-]+$", var.storage.bucket_arn)) && can(regex("^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[a-z0-9-]+$", var.storage.kms_key_arn))
    error_message = "storage: ARNs of one bucket and one key, without path and without `*`: they become the resources of every task's policy."
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
  nullable = false

  validation {
    condition     = can(regex("^[a-zA-Z0-9]([a-zA-Z0-9.-]*[a-zA-Z0-9])?$", var.database.host)) && can(regex("^[a-zA-Z0-9_-]{1,63}$", var.database.name))
    error_message = "database: a host name and a database name, nothing else in them: an address is made of both."
  }

  validation {
    condition     = try(var.database.port >= 1 && var.database.port <= 65535 && floor(var.database.port) == var.database.port, false)
    error_message = "database: a port from 1 to 65535."
  }

  validation {
    condition = alltrue([
      for secret in [var.database.owner_secret, coalesce(var.database.task_secret, var.database.owner_secret)] :
      can(regex("^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[^*?]+$", secret.arn)) && can(regex("^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[a-z0-9-]+$", secret.kms_key_arn))
    ])
    error_message = "database: the full ARN of one secret and of one key for each, without `*`."
  }
}

variable "sources" {
  description = <<-EOT
    Further places that ingest may read documents from, by name: a bucket, the key prefix (empty: all of it) and the key that
    encrypts it (null: none of KMS). For a bucket of another account its owner must let the role of ingest in as well.
  EOT
  type        = map(object({ bucket_arn = string, prefix = optional(string, ""), kms_key_arn = optional(string) }))
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for source in values(var.sources) : can(regex("^arn:aws[a-z-]*:s3:::[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", source.bucket_arn))])
    error_message = "sources: bucket_arn is the plain ARN of one bucket, `arn:aws:s3:::name`; the path goes into prefix."
  }

  validation {
    condition     = alltrue([for source in values(var.sources) : source.prefix == "" || can(regex("^[^/*?$][^*?$]*/$", source.prefix))])
    error_message = "sources: prefix ends with `/`, starts with none, and holds no `*`, `?` or `$`, which policies read as patterns."
  }

  validation {
    condition     = alltrue([for source in values(var.sources) : source.kms_key_arn == null || can(regex("^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[a-z0-9-]+$", source.kms_key_arn))])
    error_message = "sources: kms_key_arn is the ARN of one key (`arn:aws:kms:region:account:key/...`), not an alias."
  }

  validation {
    condition     = length(var.sources) <= 20
    error_message = "sources: at most 20, or the policy of ingest outgrows the 10,240 characters that IAM takes; got ${length(var.sources)}."
  }

  validation {
    condition     = alltrue([for source in values(var.sources) : source.bucket_arn != var.storage.bucket_arn])
    error_message = "sources: the pipeline's own bucket is none of them: its documents lie below raw/, and its runs and parts are no documents."
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
  nullable    = false

  validation {
    condition     = contains(["error", "warn", "info", "debug"], var.log_level)
    error_message = "log_level: error, warn, info or debug, got `${var.log_level}`."
  }
}

variable "log_retention_days" {
  description = "Days that task logs are kept."
  type        = number
  default     = 90
  nullable    = false

  validation {
    condition     = contains([7, 14, 30, 60, 90, 180, 365, 400, 731], var.log_retention_days)
    error_message = "log_retention_days: one of 7, 14, 30, 60, 90, 180, 365, 400, 731, which CloudWatch accepts, got ${var.log_retention_days}."
  }
}

variable "container_insights" {
  description = "Whether the cluster measures CPU and memory of its tasks."
  type        = bool
  default     = true
  nullable    = false
}

variable "keep_old_revisions" {
  description = "Whether replaced task definitions stay usable, for runs in flight."
  type        = bool
  default     = true
  nullable    = false
}

variable "force_destroy" {
  description = "Whether destroying the repositories also deletes their images."
  type        = bool
  default     = false
  nullable    = false
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
