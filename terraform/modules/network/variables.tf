variable "name" {
  description = "Name prefix of the deployment, such as `corpus-dev`."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,38}[a-z0-9]$", var.name)) && !strcontains(var.name, "--")
    error_message = "name: 3 to 40 lower-case letters, digits and single hyphens, starting with a letter (role names add up to 21 characters to it, and IAM takes 64), got `${var.name}`."
  }
}

variable "existing_vpc" {
  description = <<-EOT
    A VPC to use instead of making one. Its owner sees to it that the subnets reach S3, ECR, CloudWatch Logs and Secrets
    Manager; `https_egress_cidr_blocks` and `https_egress_prefix_list_ids` are the addresses behind which they do: the interface
    endpoints, the prefix list of the S3 gateway endpoint, or everything behind a NAT.
  EOT
  type = object({
    vpc_id                       = string
    private_subnet_ids           = list(string)
    https_egress_cidr_blocks     = list(string)
    https_egress_prefix_list_ids = optional(list(string), [])
  })
  default = null

  validation {
    condition     = var.existing_vpc == null || can(regex("^vpc-[0-9a-f]{8,17}$", var.existing_vpc.vpc_id))
    error_message = "existing_vpc: vpc_id must look like `vpc-0123456789abcdef0`."
  }

  validation {
    condition = var.existing_vpc == null || try(
      length(distinct(var.existing_vpc.private_subnet_ids)) >= 2 && length(distinct(var.existing_vpc.private_subnet_ids)) == length(var.existing_vpc.private_subnet_ids)
      && alltrue([for id in var.existing_vpc.private_subnet_ids : can(regex("^subnet-[0-9a-f]{8,17}$", id))]), false
    )
    error_message = "existing_vpc: at least two different private subnets such as `subnet-0123456789abcdef0`, in two zones: RDS refuses a subnet group with fewer."
  }

  validation {
    condition = var.existing_vpc == null || try(
      length(var.existing_vpc.https_egress_cidr_blocks) > 0 && length(distinct(var.existing_vpc.https_egress_cidr_blocks)) == length(var.existing_vpc.https_egress_cidr_blocks)
      && alltrue([for cidr in var.existing_vpc.https_egress_cidr_blocks : can(regex("^[0-9.]+/[0-9]+$", cidr)) && try(cidrhost(cidr, 0) == split("/", cidr)[0], false)]), false
    )
    error_message = "existing_vpc: https_egress_cidr_blocks must name at least one IPv4 block such as `10.0.0.0/16`, each once and without host bits, otherwise no task can pull its image."
  }

  validation {
    condition     = var.existing_vpc == null || try(alltrue([for id in var.existing_vpc.https_egress_prefix_list_ids : can(regex("^pl-[0-9a-f]{8,17}$", id))]), false)
    error_message = "existing_vpc: https_egress_prefix_list_ids must look like `pl-01234567`."
  }
}

variable "cidr_block" {
  description = "Addresses of the VPC that is made; does not matter with existing_vpc."
  type        = string
  default     = "10.40.0.0/16"
  nullable    = false

  validation {
    condition = can(regex("^(10|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|172\\.(1[6-9]|2[0-9]|3[01])|192\\.168)\\.", var.cidr_block)) && try(
      cidrhost(var.cidr_block, 0) == split("/", var.cidr_block)[0] && contains(range(16, 23), tonumber(split("/", var.cidr_block)[1])), false
    )
    error_message = "cidr_block: a private IPv4 block without host bits, from /16 to /22 (a subnet takes a sixteenth of it, and AWS accepts none smaller than /28), got `${var.cidr_block}`."
  }
}

variable "zones" {
  description = "Availability zones by name; null: the first `zone_count` that the account has. Named ones stay where they are when AWS's list changes."
  type        = list(string)
  default     = null

  validation {
    condition     = var.zones == null || try(contains([2, 3], length(var.zones)) && length(distinct(var.zones)) == length(var.zones) && alltrue([for zone in var.zones : can(regex("^[a-z]{2}(-[a-z]+)+-[0-9][a-z]$", zone))]), false)
    error_message = "zones: two or three different ones, such as `eu-central-1a`."
  }
}

variable "zone_count" {
  description = "Availability zones with a private subnet, where `zones` names none."
  type        = number
  default     = 2
  nullable    = false

  validation {
    condition     = contains([2, 3], var.zone_count)
    error_message = "zone_count: 2 or 3 (RDS needs two), got ${var.zone_count}."
  }
}

variable "endpoint_zone_count" {
  description = "Zones with an interface endpoint: 1 costs least, as many as zone_count survives the loss of a zone."
  type        = number
  default     = 2
  nullable    = false

  validation {
    condition     = contains(range(1, 1 + try(length(var.zones), var.zone_count)), var.endpoint_zone_count)
    error_message = "endpoint_zone_count: from 1 to the number of zones (${try(length(var.zones), var.zone_count)}), got ${var.endpoint_zone_count}."
  }
}

variable "bucket_arns" {
  description = "Buckets that may be reached through the S3 endpoint."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.bucket_arns) > 0 && alltrue([for arn in var.bucket_arns : can(regex("^arn:aws[a-z-]*:s3:::[a-z0-9.-]+$", arn))])
    error_message = "bucket_arns: at least one, each the plain ARN of a bucket, without path and without `*`."
  }
}

variable "source_bucket_arns" {
  description = "Further buckets that may be read, not written, through the S3 endpoint."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for arn in var.source_bucket_arns : can(regex("^arn:aws[a-z-]*:s3:::[a-z0-9.-]+$", arn))])
    error_message = "source_bucket_arns: each the plain ARN of a bucket, without path and without `*`."
  }
}

variable "task_egress" {
  description = "Further addresses that tasks may reach by TCP, by name: an OpenLineage server for example."
  type        = map(object({ cidr_block = string, port = number }))
  default     = {}
  nullable    = false

  validation {
    condition = alltrue([
      for rule in values(var.task_egress) : can(regex("^[0-9.]+/[0-9]+$", rule.cidr_block))
      && try(cidrhost(rule.cidr_block, 0) == split("/", rule.cidr_block)[0] && tonumber(split("/", rule.cidr_block)[1]) >= 8, false)
    ])
    error_message = "task_egress: each needs an IPv4 block such as `10.0.0.7/32`, without host bits and no wider than /8: tasks hold documents, and the whole internet is no address."
  }

  validation {
    condition     = alltrue([for rule in values(var.task_egress) : try(rule.port >= 1 && rule.port <= 65535 && floor(rule.port) == rule.port, false)])
    error_message = "task_egress: each needs a port from 1 to 65535."
  }
}

variable "flow_log_retention_days" {
  description = "Days that flow logs are kept; null: no flow logs."
  type        = number
  default     = 90

  validation {
    condition     = var.flow_log_retention_days == null || contains([7, 14, 30, 60, 90, 180, 365, 400, 731], coalesce(var.flow_log_retention_days, 0))
    error_message = "flow_log_retention_days: one of 7, 14, 30, 60, 90, 180, 365, 400, 731, which CloudWatch accepts."
  }
}

variable "permissions_boundary_arn" {
  description = "Permissions boundary of every role made here; null: none."
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
