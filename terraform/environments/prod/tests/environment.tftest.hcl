mock_provider "aws" {
  source = "../../tests/mocks"
}

variables {
  region    = "eu-central-1"
  image_tag = "0.1.0"
}

run "keeps_what_holds_data" {
  assert {
    condition     = module.pipeline.policy.deletion_protection && module.pipeline.policy.final_snapshot && !module.pipeline.policy.force_destroy
    error_message = "prod must not be destroyable by one command"
  }

  assert {
    condition     = module.pipeline.policy.multi_az && module.pipeline.policy.backup_retention_days == 30 && module.pipeline.policy.log_retention_days == 365 && module.pipeline.policy.endpoint_zone_count == 2
    error_message = "prod must survive the loss of a zone and keep a month of backups and a year of logs"
  }
}

run "ends_in_two_deliberate_steps_and_still_takes_a_snapshot" {
  variables {
    decommission = true
  }

  assert {
    condition     = !module.pipeline.policy.deletion_protection && module.pipeline.policy.force_destroy && module.pipeline.policy.final_snapshot
    error_message = "decommission lifts the protection, but the last snapshot is taken"
  }
}

run "is_named_after_project_environment_and_account" {
  assert {
    condition     = output.cluster_name == "text-corpus-prod" && output.airflow_environment.PIPELINE_ECS_TASK_FAMILY_PREFIX == "text-corpus-prod-" && output.airflow_environment.PIPELINE_ECS_LOG_GROUP_PREFIX == "/text-corpus-prod/"
    error_message = "names are built from project and environment"
  }
}

run "outputs_are_what_the_dags_read" {
  assert {
    condition     = output.airflow_environment.PIPELINE_ECS_CLUSTER == output.cluster_name && output.airflow_environment.PIPELINE_BUCKET == output.bucket
    error_message = "the map and the single outputs must agree"
  }
}

run "refuses_what_is_no_region" {
  command = plan
  variables {
    region = "eu-central"
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
