mock_provider "aws" {
  source = "../../tests/mocks"
}

variables {
  environment = "test"
  image_tag   = "0.1.0"
}

# Who calls the module with nothing but names gets the careful variant.
run "is_careful_by_default" {
  assert {
    condition     = output.policy.deletion_protection && output.policy.final_snapshot && !output.policy.force_destroy && output.policy.multi_az
    error_message = "protection, final snapshot, standby, and nothing emptied"
  }
}

run "names_the_bucket_after_the_account" {
  assert {
    condition     = module.object_store.bucket != "" && local.bucket_name == "text-corpus-test-123456789012"
    error_message = "the account's number makes the name unique"
  }

  assert {
    condition     = local.bucket_arn == "arn:aws:s3:::text-corpus-test-123456789012"
    error_message = "the endpoint's policy must name the same bucket"
  }
}

run "lets_further_clients_into_its_own_database" {
  variables {
    database_clients = { airflow = "sg-0fedcba9876543210" }
  }

  assert {
    condition     = output.database_endpoint == "mock.rds.amazonaws.com:5432"
    error_message = "the database that is made must be the one that is handed on"
  }
}

run "opens_both_sides_to_an_existing_database" {
  variables {
    existing_database = {
      host              = "db.example"
      port              = 6432
      name              = "corpus"
      security_group_id = "sg-0fedcba9876543210"
      owner_secret = {
        arn         = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:owner-AbCdEf"
        kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:key/00000000-0000-0000-0000-000000000003"
      }
    }
  }

  assert {
    condition     = length(module.database) == 0
    error_message = "no second database"
  }

  assert {
    condition     = aws_vpc_security_group_ingress_rule.existing_database[0].from_port == 6432 && aws_vpc_security_group_ingress_rule.existing_database[0].security_group_id == "sg-0fedcba9876543210" && aws_vpc_security_group_ingress_rule.existing_database[0].referenced_security_group_id == module.network.task_security_group_id
    error_message = "in: from the tasks, to its port"
  }

  assert {
    condition     = aws_vpc_security_group_egress_rule.existing_database[0].to_port == 6432 && aws_vpc_security_group_egress_rule.existing_database[0].security_group_id == module.network.task_security_group_id
    error_message = "out: from the tasks, to its port"
  }
}

run "refuses_an_empty_project" {
  command = plan
  variables {
    project = ""
  }
  expect_failures = [var.project]
}

run "refuses_capitals_in_the_project" {
  command = plan
  variables {
    project = "TextCorpus"
  }
  expect_failures = [var.project]
}

run "refuses_a_shell_in_the_environment" {
  command = plan
  variables {
    environment = "dev;rm -rf"
  }
  expect_failures = [var.environment]
}

run "refuses_to_empty_buckets_while_the_database_is_protected" {
  command = plan
  variables {
    force_destroy = true
  }
  expect_failures = [var.force_destroy]
}

run "refuses_every_secret_of_an_existing_database" {
  command = plan
  variables {
    existing_database = {
      host              = "db.example"
      name              = "corpus"
      security_group_id = "sg-0fedcba9876543210"
      owner_secret      = { arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:*", kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:key/1" }
    }
  }
  expect_failures = [var.existing_database]
}

run "refuses_a_group_name_for_a_group_id" {
  command = plan
  variables {
    database_clients = { airflow = "airflow" }
  }
  expect_failures = [var.database_clients]
}

run "refuses_a_second_tasks_client" {
  command = plan
  variables {
    database_clients = { tasks = "sg-0fedcba9876543210" }
  }
  expect_failures = [var.database_clients]
}

run "refuses_an_application_secret_by_name" {
  command = plan
  variables {
    application_secret = { arn = "corpus/app", kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:key/1" }
  }
  expect_failures = [var.application_secret]
}

run "refuses_a_boundary_that_is_no_policy" {
  command = plan
  variables {
    permissions_boundary_arn = "arn:aws:iam::123456789012:role/boundary"
  }
  expect_failures = [var.permissions_boundary_arn]
}

# Several bad values at once, each of another variable: every one of them must be refused, each by its own message.
run "refuses_names_too_long_for_a_role_and_keys_by_alias" {
  command = plan
  variables {
    project            = "twenty-one-characters"
    environment        = "production1"
    bucket_name        = "corpus_test"
    application_secret = { arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:app-AbCdEf", kms_key_arn = "alias/app" }
    existing_database = {
      host              = "db.example"
      name              = "corpus"
      security_group_id = "sg-0fedcba9876543210"
      owner_secret      = { arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:owner-AbCdEf", kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:alias/owner" }
    }
    database_clients         = { airflow = "0.0.0.0/0" }
    permissions_boundary_arn = "arn:aws:iam::123456789012:policy"
  }
  expect_failures = [
    var.project, var.environment, var.bucket_name, var.application_secret, var.existing_database, var.database_clients, var.permissions_boundary_arn,
  ]
}

# The longest names that are allowed, so that what is derived from them meets the limits of AWS.
run "takes_the_longest_names" {
  command = plan
  variables {
    project     = "a-project-of-20-chrs"
    environment = "production"
  }

  assert {
    condition     = length(local.bucket_name) <= 58 && length("${local.name}-database-monitoring") <= 64 && length("${local.name}-corpus-final-20261231235959") <= 63
    error_message = "the bucket's log bucket, the longest role and the final snapshot must still fit"
  }
}
