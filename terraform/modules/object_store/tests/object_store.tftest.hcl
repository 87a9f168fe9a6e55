mock_provider "aws" {
  source = "../../tests/mocks"
}

variables {
  name        = "corpus-test"
  bucket_name = "corpus-test-123456789012"
}

# The rule that matters most here: parts are shared between runs, so no clock may take one away.
run "no_rule_expires_or_moves_a_part" {
  variables {
    raw_infrequent_access_days = 90
    runs_expire_days           = 90
  }

  assert {
    condition = alltrue([
      for rule in aws_s3_bucket_lifecycle_configuration.objects.rule : try(one(rule.filter).prefix, null) != null && contains(["raw/", "runs/"], coalesce(one(rule.filter).prefix, "-"))
      if length(rule.expiration) + length(rule.noncurrent_version_expiration) + length(rule.transition) > 0
    ])
    error_message = "a rule that expires or moves objects must be bound to raw/ or runs/"
  }

  assert {
    condition     = { for rule in aws_s3_bucket_lifecycle_configuration.objects.rule : rule.id => rule.status } == { abandoned-uploads = "Enabled", raw-old-versions = "Enabled", runs-old-versions = "Enabled", raw-infrequent-access = "Enabled", runs-expire = "Enabled" }
    error_message = "these five rules, all of them on"
  }

  assert {
    condition     = alltrue([for rule in aws_s3_bucket_lifecycle_configuration.objects.rule : length(rule.expiration) == 0 if rule.id != "runs-expire"])
    error_message = "only runs/ may expire"
  }

  assert {
    condition     = [for rule in aws_s3_bucket_lifecycle_configuration.objects.rule : one(rule.transition).storage_class if rule.id == "raw-infrequent-access"] == ["STANDARD_IA"]
    error_message = "raw files must stay readable at once"
  }
}

run "keeps_every_object_by_default" {
  assert {
    condition     = alltrue([for rule in aws_s3_bucket_lifecycle_configuration.objects.rule : length(rule.expiration) + length(rule.transition) == 0])
    error_message = "without being told, nothing current expires or moves"
  }

  assert {
    condition     = [for rule in aws_s3_bucket_lifecycle_configuration.objects.rule : one(rule.abort_incomplete_multipart_upload).days_after_initiation if rule.id == "abandoned-uploads"] == [7]
    error_message = "uploads that were never completed end after a week"
  }

  assert {
    condition     = length(aws_s3_bucket_notification.this) == 0
    error_message = "events are off by default"
  }
}

run "reports_changes_when_asked" {
  variables {
    events_enabled = true
  }

  assert {
    condition     = aws_s3_bucket_notification.this[0].eventbridge
    error_message = "events must go to EventBridge"
  }
}

run "refuses_a_name_with_no_room_for_the_log_bucket" {
  command = plan
  variables {
    bucket_name = "corpus-0123456789-0123456789-0123456789-0123456789-0123456789"
  }
  expect_failures = [var.bucket_name]
}

run "refuses_infrequent_access_before_s3_does" {
  command = plan
  variables {
    raw_infrequent_access_days = 7
  }
  expect_failures = [var.raw_infrequent_access_days]
}

run "refuses_runs_that_vanish_at_once" {
  command = plan
  variables {
    runs_expire_days = 1
  }
  expect_failures = [var.runs_expire_days]
}

run "refuses_half_days" {
  command = plan
  variables {
    noncurrent_version_days = 1.5
  }
  expect_failures = [var.noncurrent_version_days]
}

run "refuses_logs_kept_too_short" {
  command = plan
  variables {
    access_log_retention_days = 7
  }
  expect_failures = [var.access_log_retention_days]
}

# Several bad values at once, each of another variable: every one of them must be refused, each by its own message.
run "refuses_what_s3_has_not" {
  command = plan
  variables {
    name                       = "corpus.test"
    bucket_name                = "corpus.test"
    noncurrent_version_days    = 0
    raw_infrequent_access_days = 30.5
    runs_expire_days           = 30.5
    access_log_retention_days  = 30.5
    key_deletion_window_days   = 0
  }
  expect_failures = [
    var.name, var.bucket_name, var.noncurrent_version_days, var.raw_infrequent_access_days, var.runs_expire_days, var.access_log_retention_days,
    var.key_deletion_window_days,
  ]
}

run "refuses_names_that_s3_keeps_for_itself" {
  command = plan
  variables {
    bucket_name = "xn--corpus"
  }
  expect_failures = [var.bucket_name]
}
