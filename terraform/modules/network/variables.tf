variable "name" {
  description = "Name prefix of the deployment, such as `corpus-dev`."
  type        = string
}

variable "existing_vpc" {
  description = <<-EOT
    A VPC to use instead of making one. Its owner sees to it that the subnets reach S3, ECR, CloudWatch Logs and Secrets
    Manager; `https_egress_cidr_blocks` are the addresses behind which they do (the endpoints, or everything behind a NAT).
  EOT
  type = object({
    vpc_id                   = string
    private_subnet_ids       = list(string)
    https_egress_cidr_blocks = list(string)
  })
  default = null

  validation {
    condition     = var.existing_vpc == null || can(regex("^vpc-[0-9a-f]{8,17}$", var.existing_vpc.vpc_id))
    error_message = "existing_vpc: vpc_id must look like `vpc-0123456789abcdef0`."
  }

  validation {
    condition     = var.existing_vpc == null || try(length(distinct(var.existing_vpc.private_subnet_ids)) >= 2, false)
    error_message = "existing_vpc: at least two different private subnets, in two zones: RDS refuses a subnet group with fewer."
  }

  validation {
    condition = var.existing_vpc == null || try(
      length(var.existing_vpc.https_egress_cidr_blocks) > 0 && alltrue([for cidr in var.existing_vpc.https_egress_cidr_blocks : can(cidrhost(cidr, 0))]), false
    )
    error_message = "existing_vpc: https_egress_cidr_blocks must name at least one block such as `10.0.0.0/16`, otherwise no task can pull its image."
  }
}

variable "cidr_block" {
  description = "Addresses of the VPC that is made; does not matter with existing_vpc."
  type        = string
  default     = "10.40.0.0/16"

  validation {
    condition = can(cidrhost(var.cidr_block, 0)) && try(
      tonumber(split("/", var.cidr_block)[1]) >= 16 && tonumber(split("/", var.cidr_block)[1]) <= 22, false
    )
    error_message = "cidr_block: a block from /16 to /22 (a subnet takes a sixteenth of it, AWS accepts no subnet under /28), got `${var.cidr_block}`."
  }
}

variable "zones" {
  description = "Availability zones by name; null: the first `zone_count` that the account has. Named ones stay where they are when AWS's list changes."
  type        = list(string)
  default     = null

  validation {
    condition     = var.zones == null || try(contains([2, 3], length(distinct(var.zones))) && alltrue([for zone in var.zones : can(regex("^[a-z]{2}(-[a-z]+)+-[0-9][a-z]$", zone))]), false)
    error_message = "zones: two or three different ones, such as `eu-central-1a`."
  }
}

variable "zone_count" {
  description = "Availability zones with a private subnet, where `zones` names none."
  type        = number
  default     = 2

  validation {
    condition     = contains([2, 3], var.zone_count)
    error_message = "zone_count: 2 or 3 (RDS needs two), got ${var.zone_count}."
  }
}

variable "endpoint_zone_count" {
  description = "Zones with an interface endpoint: 1 costs least, as many as zone_count survives the loss of a zone."
  type        = number
  default     = 2

  validation {
    condition     = var.endpoint_zone_count >= 1 && var.endpoint_zone_count <= try(length(var.zones), var.zone_count)
    error_message = "endpoint_zone_count: from 1 to the number of zones (${try(length(var.zones), var.zone_count)}), got ${var.endpoint_zone_count}."
  }
}

variable "bucket_arns" {
  description = "Buckets that may be reached through the S3 endpoint."
  type        = list(string)

  validation {
    condition     = length(var.bucket_arns) > 0 && alltrue([for arn in var.bucket_arns : can(regex("^arn:aws[a-z-]*:s3:::[a-z0-9.-]+$", arn))])
    error_message = "bucket_arns: at least one, each the plain ARN of a bucket, without path and without `*`."
  }
}

variable "task_egress" {
  description = "Further addresses that tasks may reach by TCP, by name: an OpenLineage server for example."
  type        = map(object({ cidr_block = string, port = number }))
  default     = {}

  validation {
    condition     = alltrue([for rule in values(var.task_egress) : can(cidrhost(rule.cidr_block, 0)) && rule.port >= 1 && rule.port <= 65535])
    error_message = "task_egress: each needs a block such as `10.0.0.7/32` and a port from 1 to 65535."
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
  description = "Permissions boundary of the roles made here; null: none."
  type        = string
  default     = null
}

variable "key_deletion_window_days" {
  description = "Days in which a deleted key can be restored."
  type        = number
  default     = 30
}
