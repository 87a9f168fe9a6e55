variable "name" {
  description = "Name of the key's alias, without `alias/`, such as `corpus-dev/objects`."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-zA-Z0-9/_-]{1,200}$", var.name)) && !startswith(var.name, "aws/")
    error_message = "name: letters, digits, `/`, `_` and `-`, at most 200, and not starting with `aws/`, which AWS keeps for itself; got `${var.name}`."
  }
}

variable "description" {
  description = "What the key protects, shown in the console."
  type        = string
  nullable    = false

  validation {
    condition     = length(trimspace(var.description)) > 0 && length(var.description) <= 8192
    error_message = "description: 1 to 8192 characters: a key that nobody can tell apart is a key that nobody dares to delete."
  }
}

variable "log_group_names" {
  description = "Names of the log groups that CloudWatch Logs may encrypt with this key; `*` stands for any ending. Empty: none."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for name in var.log_group_names : can(regex("^/[a-zA-Z0-9_./-]+\\*?$", name)) && length(name) > 4])
    error_message = "log_group_names: each must start with `/` and name at least a first element, so that a lone `*` cannot open the key to every group."
  }
}

variable "deletion_window_days" {
  description = "Days between the deletion of the key and its end; until then it can be restored, afterwards what it encrypted is lost."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = contains(range(7, 31), var.deletion_window_days)
    error_message = "deletion_window_days: AWS accepts 7 to 30, got ${var.deletion_window_days}."
  }
}
