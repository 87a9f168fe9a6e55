# Server settings: TLS for everyone, statements in the log, the text of rows in no log.

locals {
  # Row text reaches a server log in four ways: as DETAIL of an error ("Failing row contains ..."), as the statement
  # that failed, as bound parameters, and quoted by the error itself ("invalid input syntax ..."). Each has its switch, the
  # last only that errors are not logged: the client is told of them. Statements of this pipeline bind every value, so what
  # remains of them in the log is the shape and the duration.
  parameters = {
    "rds.force_ssl"                       = "1"
    "log_statement"                       = "ddl"
    "log_min_duration_statement"          = tostring(var.slow_statement_ms)
    "log_connections"                     = "1"
    "log_disconnections"                  = "1"
    "log_lock_waits"                      = "1"
    "log_error_verbosity"                 = "terse"
    "log_min_error_statement"             = "panic"
    "log_min_messages"                    = "log"
    "log_parameter_max_length"            = "0"
    "log_parameter_max_length_on_error"   = "0"
    "idle_in_transaction_session_timeout" = "300000" # ms: a lost task must not hold its row locks for ever
  }
}

resource "aws_db_parameter_group" "this" {
  name_prefix = "${local.identifier}-"
  description = "TLS for everyone, no row text in logs"
  family      = "postgres${var.engine_version}"

  dynamic "parameter" {
    for_each = local.parameters

    content {
      name         = parameter.key
      value        = parameter.value
      apply_method = "immediate" # all of these are dynamic
    }
  }

  lifecycle {
    create_before_destroy = true # a major upgrade needs the new family's group beside the old one
  }
}
