mock_provider "aws" {
  source = "../tests/mocks"
}

variables {
  region = "eu-central-1"
}

run "keeps_every_state_for_a_year" {
  assert {
    condition     = one(one(aws_s3_bucket_lifecycle_configuration.state.rule).noncurrent_version_expiration).noncurrent_days == 365
    error_message = "old versions of the state are the way back"
  }

  assert {
    condition     = length(one(aws_s3_bucket_lifecycle_configuration.state.rule).expiration) == 0
    error_message = "the current state must never expire"
  }
}

run "prints_what_the_environments_need" {
  assert {
    condition     = local.bucket_name == "text-corpus-terraform-state-123456789012"
    error_message = "the account's number makes the name unique"
  }

  # Without the key Terraform asks for SSE-S3, which the bucket's policy refuses.
  assert {
    condition = [for line in split("\n", trimspace(output.backend)) : regex("^([a-z_]+) += \"(.+)\"$", line)] == [
      ["bucket", output.bucket], ["region", "eu-central-1"], ["kms_key_id", "arn:aws:kms:eu-central-1:123456789012:key/00000000-0000-0000-0000-000000000001"],
    ]
    error_message = "the output must be usable as backend.hcl"
  }
}

run "refuses_a_project_too_long_for_a_bucket" {
  command = plan
  variables {
    project = "a-project-with-a-very-long-name"
  }
  expect_failures = [var.project]
}

run "refuses_what_is_no_region" {
  command = plan
  variables {
    region = "eu"
  }
  expect_failures = [var.region]
}

run "refuses_what_is_no_account" {
  command = plan
  variables {
    account_id = "me"
  }
  expect_failures = [var.account_id]
}
