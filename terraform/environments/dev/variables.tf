variable "project" {
  description = "Name of the product: first part of every name."
  type        = string
  default     = "text-corpus"
  nullable    = false
}

variable "region" {
  description = "AWS region."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "region: such as `eu-central-1`, got `${var.region}`."
  }
}

variable "account_id" {
  description = "Account that this environment belongs to; with credentials of another one nothing is planned. null: not checked."
  type        = string
  default     = null

  validation {
    condition     = var.account_id == null || can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id: twelve digits, in quotes."
  }
}

variable "image_tag" {
  description = "Tag of the images to run, the same for all of a release."
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
  description = "Registry that already holds the images; null: repositories are made in this environment."
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

variable "network" {
  description = "Shape of the VPC that is made, and further addresses that tasks may reach; see modules/pipeline."
  type = object({
    cidr_block              = optional(string, "10.40.0.0/16")
    zones                   = optional(list(string))
    zone_count              = optional(number, 2)
    endpoint_zone_count     = optional(number, 1)
    flow_log_retention_days = optional(number, 14)
    task_egress             = optional(map(object({ cidr_block = string, port = number })), {})
  })
  default  = {}
  nullable = false
}

variable "existing_vpc" {
  description = "VPC to use instead of making one; see modules/network."
  type = object({
    vpc_id                       = string
    private_subnet_ids           = list(string)
    https_egress_cidr_blocks     = list(string)
    https_egress_prefix_list_ids = optional(list(string), [])
  })
  default = null
}

variable "database" {
  description = "Shape of the database that is made; see modules/pipeline."
  type = object({
    engine_version        = optional(string, "17")
    instance_class        = optional(string, "db.t4g.small")
    storage_gib           = optional(object({ initial = number, maximum = number }), { initial = 20, maximum = 100 })
    multi_az              = optional(bool, false)
    backup_retention_days = optional(number, 7)
    allow_major_upgrade   = optional(bool, false)
  })
  default  = {}
  nullable = false
}

variable "existing_database" {
  description = "PostgreSQL to use instead of making one; see modules/pipeline."
  type = object({
    host              = string
    port              = optional(number, 5432)
    name              = string
    security_group_id = string
    owner_secret      = object({ arn = string, kms_key_arn = string })
  })
  default = null
}

variable "application_secret" {
  description = "Secret (JSON with `username` and `password`) of the role that load and lineage log in as; null: the owner's."
  type        = object({ arn = string, kms_key_arn = string })
  default     = null
}

variable "database_clients" {
  description = "Further security groups that may connect to the database that is made, by name."
  type        = map(string)
  default     = {}
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

variable "permissions_boundary_arn" {
  description = "Permissions boundary of every role made here; null: none."
  type        = string
  default     = null
}
