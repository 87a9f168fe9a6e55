mock_provider "aws" {
  source = "../../tests/mocks"
}

variables {
  name                      = "corpus-test"
  vpc_id                    = "vpc-0123456789abcdef0"
  subnet_ids                = ["subnet-a", "subnet-b"]
  client_security_group_ids = { tasks = "sg-0fedcba9876543210" }
}

run "is_private_encrypted_and_protected_by_default" {
  assert {
    condition     = aws_db_instance.this.storage_encrypted && aws_db_instance.this.kms_key_id == module.key.arn && aws_db_instance.this.publicly_accessible == false
    error_message = "encrypted with the deployment's key, and not public"
  }

  assert {
    condition     = aws_db_instance.this.multi_az && aws_db_instance.this.deletion_protection && !aws_db_instance.this.skip_final_snapshot && aws_db_instance.this.delete_automated_backups == false
    error_message = "who says nothing gets a standby, protection and a final snapshot"
  }

  assert {
    condition     = aws_db_instance.this.backup_retention_period == 14 && aws_db_instance.this.copy_tags_to_snapshot && aws_db_instance.this.auto_minor_version_upgrade && !aws_db_instance.this.allow_major_version_upgrade && !aws_db_instance.this.apply_immediately
    error_message = "backups, tags on snapshots, minor versions by themselves, major ones never, restarts in the window"
  }

  assert {
    condition     = aws_db_instance.this.max_allocated_storage > aws_db_instance.this.allocated_storage && aws_db_instance.this.storage_type == "gp3"
    error_message = "storage must be able to grow"
  }

  assert {
    condition     = aws_db_instance.this.engine == "postgres" && aws_db_instance.this.engine_version == "17" && aws_db_instance.this.ca_cert_identifier == "rds-ca-rsa2048-g1"
    error_message = "PostgreSQL 17 with the current certificate authority"
  }
}

run "holds_no_password" {
  assert {
    condition     = aws_db_instance.this.manage_master_user_password && aws_db_instance.this.password == null && aws_db_instance.this.master_user_secret_kms_key_id == module.key.arn
    error_message = "AWS must make and keep the password, encrypted with the deployment's key"
  }

  assert {
    condition     = aws_db_instance.this.iam_database_authentication_enabled && !contains(["postgres", "admin", "root", "user"], aws_db_instance.this.username)
    error_message = "people log in through IAM, and the owner has no default name"
  }

  assert {
    condition     = startswith(output.connection.secret_arn, "arn:aws:secretsmanager:") && length(keys(output.connection)) == 5
    error_message = "the outputs name the secret and hold none"
  }
}

run "is_watched" {
  assert {
    condition     = aws_db_instance.this.performance_insights_enabled && aws_db_instance.this.performance_insights_kms_key_id == module.key.arn && aws_db_instance.this.monitoring_interval == 60
    error_message = "insights with the deployment's key, monitoring by the minute"
  }

  assert {
    condition     = toset(keys(aws_cloudwatch_log_group.this)) == toset(["/aws/rds/instance/corpus-test-corpus/postgresql", "/aws/rds/instance/corpus-test-corpus/upgrade"]) && alltrue([for group in aws_cloudwatch_log_group.this : group.kms_key_id == module.key.arn && group.retention_in_days == 90])
    error_message = "the log groups must have the names that RDS writes to, a key and an end"
  }

  assert {
    condition     = toset(aws_db_instance.this.enabled_cloudwatch_logs_exports) == toset(["postgresql", "upgrade"])
    error_message = "both logs must be exported"
  }
}

run "forces_tls_and_keeps_row_text_out_of_the_log" {
  assert {
    condition = { for parameter in aws_db_parameter_group.this.parameter : parameter.name => parameter.value } == {
      "rds.force_ssl"                       = "1"
      "log_statement"                       = "ddl"
      "log_min_duration_statement"          = "1000"
      "log_connections"                     = "1"
      "log_disconnections"                  = "1"
      "log_lock_waits"                      = "1"
      "log_error_verbosity"                 = "terse"
      "log_min_error_statement"             = "panic"
      "log_min_messages"                    = "log"
      "log_parameter_max_length"            = "0"
      "log_parameter_max_length_on_error"   = "0"
      "idle_in_transaction_session_timeout" = "300000"
    }
    error_message = "each of these keeps TLS on or text out; look up what the missing one is for before changing this list"
  }

  assert {
    condition     = aws_db_parameter_group.this.family == "postgres17" && aws_db_instance.this.parameter_group_name == aws_db_parameter_group.this.name
    error_message = "the server must use the group, and the group must be of its version"
  }
}

run "is_reached_by_reference_only" {
  assert {
    condition     = [for rule in aws_vpc_security_group_ingress_rule.clients : "${rule.referenced_security_group_id}:${rule.from_port}-${rule.to_port}"] == ["sg-0fedcba9876543210:5432-5432"]
    error_message = "5432 from the named group"
  }

  assert {
    condition     = alltrue([for rule in aws_vpc_security_group_ingress_rule.clients : rule.cidr_ipv4 == null && rule.cidr_ipv6 == null && rule.prefix_list_id == null])
    error_message = "never by address"
  }

  assert {
    condition     = length(aws_security_group.this.ingress) + length(aws_security_group.this.egress) == 0
    error_message = "no rule inside the group itself, so no way out"
  }
}

run "monitoring_role_is_taken_by_this_accounts_rds_only" {
  assert {
    condition = jsondecode(aws_iam_role.monitoring.assume_role_policy).Statement == [{
      Sid       = "MonitoringOfThisAccount"
      Effect    = "Allow"
      Principal = { Service = "monitoring.rds.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = {
        StringEquals = { "aws:SourceAccount" = "123456789012" }
        ArnLike      = { "aws:SourceArn" = "arn:aws:rds:eu-central-1:123456789012:db:corpus-test-corpus" }
      }
    }]
    error_message = "only RDS monitoring, only for this server"
  }
}

run "version_18_gets_its_own_family" {
  variables {
    engine_version = "18"
  }

  assert {
    condition     = aws_db_parameter_group.this.family == "postgres18" && aws_db_instance.this.engine_version == "18"
    error_message = "group and server must agree"
  }
}

run "a_major_upgrade_is_a_deliberate_step" {
  command = plan
  variables {
    engine_version      = "18"
    allow_major_upgrade = true
  }

  assert {
    condition     = aws_db_instance.this.allow_major_version_upgrade && aws_db_instance.this.apply_immediately
    error_message = "when asked for, at once"
  }
}

run "a_server_without_final_snapshot_names_none" {
  variables {
    final_snapshot      = false
    deletion_protection = false
  }

  assert {
    condition     = aws_db_instance.this.skip_final_snapshot && aws_db_instance.this.delete_automated_backups
    error_message = "a throw-away server leaves nothing behind"
  }
}

run "refuses_a_minor_version" {
  command = plan
  variables {
    engine_version = "17.4"
  }
  expect_failures = [var.engine_version]
}

run "refuses_an_old_version" {
  command = plan
  variables {
    engine_version = "13"
  }
  expect_failures = [var.engine_version]
}

run "refuses_the_servers_own_databases" {
  command = plan
  variables {
    database_name = "rdsadmin"
  }
  expect_failures = [var.database_name]
}

run "refuses_sql_in_a_name" {
  command = plan
  variables {
    database_name = "corpus; drop table chunk"
  }
  expect_failures = [var.database_name]
}

run "refuses_storage_that_cannot_grow" {
  command = plan
  variables {
    storage_gib = { initial = 100, maximum = 105 }
  }
  expect_failures = [var.storage_gib]
}

run "refuses_backups_of_a_day" {
  command = plan
  variables {
    backup_retention_days = 1
  }
  expect_failures = [var.backup_retention_days]
}

run "refuses_to_log_every_statement" {
  command = plan
  variables {
    slow_statement_ms = 0
  }
  expect_failures = [var.slow_statement_ms]
}

run "refuses_one_subnet" {
  command = plan
  variables {
    subnet_ids = ["subnet-a"]
  }
  expect_failures = [var.subnet_ids]
}

run "refuses_a_database_without_clients" {
  command = plan
  variables {
    client_security_group_ids = {}
  }
  expect_failures = [var.client_security_group_ids]
}

run "refuses_what_is_no_class" {
  command = plan
  variables {
    instance_class = "t4g.medium"
  }
  expect_failures = [var.instance_class]
}

run "refuses_a_retention_that_cloudwatch_refuses" {
  command = plan
  variables {
    log_retention_days = 0
  }
  expect_failures = [var.log_retention_days]
}

# Several bad values at once, each of another variable: every one of them must be refused, each by its own message.
run "refuses_what_rds_has_not" {
  command = plan
  variables {
    name                      = "corpus_test"
    vpc_id                    = "default"
    subnet_ids                = []
    client_security_group_ids = { tasks = "0.0.0.0/0" }
    engine_version            = "latest"
    instance_class            = "db.t4g.tiny"
    database_name             = "Corpus"
    storage_gib               = { initial = 5, maximum = 100 }
    backup_retention_days     = 36
    slow_statement_ms         = 100.5
    log_retention_days        = 0
    permissions_boundary_arn  = "arn:aws:iam::123456789012:role/boundary"
    key_deletion_window_days  = 1
  }
  expect_failures = [
    var.name, var.vpc_id, var.subnet_ids, var.client_security_group_ids, var.engine_version, var.instance_class, var.database_name, var.storage_gib,
    var.backup_retention_days, var.slow_statement_ms, var.log_retention_days, var.permissions_boundary_arn, var.key_deletion_window_days,
  ]
}

run "refuses_the_same_client_twice_a_cache_and_halves" {
  command = plan
  variables {
    client_security_group_ids = { tasks = "sg-0fedcba9876543210", airflow = "sg-0fedcba9876543210" }
    instance_class            = "cache.t4g.small"
    storage_gib               = { initial = 20.5, maximum = 100 }
    backup_retention_days     = 7.5
  }
  expect_failures = [var.client_security_group_ids, var.instance_class, var.storage_gib, var.backup_retention_days]
}

run "null_means_the_default_and_never_nothing" {
  command = plan
  variables {
    multi_az              = null
    deletion_protection   = null
    final_snapshot        = null
    backup_retention_days = null
    log_retention_days    = null
  }

  assert {
    condition     = aws_db_instance.this.multi_az && aws_db_instance.this.deletion_protection && !aws_db_instance.this.skip_final_snapshot && aws_db_instance.this.backup_retention_period == 14
    error_message = "a null that a caller passes on must not switch protection off"
  }
}
