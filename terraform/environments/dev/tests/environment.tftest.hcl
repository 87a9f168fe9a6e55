mock_provider "aws" {
  source = "../../tests/mocks"
}

variables {
  region    = "eu-central-1"
  image_tag = "0.1.0"
}

run "may_go_without_traces" {
  assert {
    condition     = !module.pipeline.policy.deletion_protection && !module.pipeline.policy.final_snapshot && module.pipeline.policy.force_destroy
    error_message = "dev must be destroyable by one command"
  }

  assert {
    condition     = !module.pipeline.policy.multi_az && module.pipeline.policy.backup_retention_days == 7 && module.pipeline.policy.log_retention_days == 14
    error_message = "dev pays for one server, a week of backups and two weeks of logs"
  }
}

run "is_named_after_project_environment_and_account" {
  assert {
    condition     = output.cluster_name == "text-corpus-dev" && output.airflow_environment.PIPELINE_ECS_TASK_FAMILY_PREFIX == "text-corpus-dev-" && output.airflow_environment.PIPELINE_ECS_LOG_GROUP_PREFIX == "/text-corpus-dev/"
    error_message = "names are built from project and environment"
  }
}

run "outputs_are_what_the_dags_read" {
  assert {
    condition     = output.airflow_environment.PIPELINE_ECS_CLUSTER == output.cluster_name && output.airflow_environment.PIPELINE_BUCKET == output.bucket
    error_message = "the map and the single outputs must agree"
  }

  assert {
    condition     = output.airflow_environment.PIPELINE_ENGINE == "ecs" && output.airflow_environment.AWS_REGION == "eu-central-1" && length(split(",", output.airflow_environment.PIPELINE_ECS_SUBNETS)) == 2
    error_message = "engine, region and both subnets"
  }
}

run "takes_an_existing_vpc_and_database" {
  variables {
    existing_vpc = {
      vpc_id                   = "vpc-0fedcba9876543210"
      private_subnet_ids       = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
      https_egress_cidr_blocks = ["10.0.0.0/16"]
    }
    existing_database = {
      host              = "db.example"
      name              = "corpus"
      security_group_id = "sg-0fedcba9876543210"
      owner_secret = {
        arn         = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:owner-AbCdEf"
        kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:key/00000000-0000-0000-0000-000000000003"
      }
    }
  }

  assert {
    condition     = output.database_endpoint == "db.example:5432" && output.database_secret_arn == "arn:aws:secretsmanager:eu-central-1:123456789012:secret:owner-AbCdEf"
    error_message = "the given database must be handed on, with PostgreSQL's port"
  }

  assert {
    condition     = output.subnet_ids == tolist(["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]) && output.task_environment.load.plain.DATABASE_URL == "postgres://db.example:5432/corpus?sslmode=verify-full"
    error_message = "tasks must run in the given subnets and talk to the given server"
  }
}

run "the_application_may_have_its_own_secret" {
  variables {
    application_secret = {
      arn         = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:app-AbCdEf"
      kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:key/00000000-0000-0000-0000-000000000004"
    }
  }

  assert {
    condition     = startswith(output.task_environment.load.secrets.PGUSER, "arn:aws:secretsmanager:eu-central-1:123456789012:secret:app-AbCdEf:")
    error_message = "tasks log in as the application"
  }

  assert {
    condition     = startswith(output.task_environment.migrate.secrets.PGUSER, output.database_secret_arn)
    error_message = "migrate logs in as the owner"
  }
}

run "refuses_what_is_no_region" {
  command = plan
  variables {
    region = "Frankfurt"
  }
  expect_failures = [var.region]
}

run "refuses_what_is_no_account" {
  command = plan
  variables {
    account_id = "1234"
  }
  expect_failures = [var.account_id]
}
