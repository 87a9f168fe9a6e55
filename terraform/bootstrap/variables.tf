variable "project" {
  description = "Name of the product: first part of the bucket's name."
  type        = string
  default     = "text-corpus"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,18}[a-z0-9]$", var.project)) && !strcontains(var.project, "--")
    error_message = "project: 3 to 20 lower-case letters, digits and single hyphens, starting with a letter, got `${var.project}`."
  }
}

variable "region" {
  description = "AWS region of the bucket."
  type        = string

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "region: such as `eu-central-1`, got `${var.region}`."
  }
}

variable "account_id" {
  description = "Account that the bucket belongs to; with credentials of another one nothing is planned. null: not checked."
  type        = string
  default     = null

  validation {
    condition     = var.account_id == null || can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id: twelve digits, in quotes."
  }
}
