mock_provider "aws" {
  source = "../../tests/mocks"
}

variables {
  name        = "corpus-test/objects"
  description = "test"
}

run "rotates_and_can_be_restored" {
  assert {
    condition     = aws_kms_key.this.enable_key_rotation && aws_kms_key.this.deletion_window_in_days == 30
    error_message = "a key must rotate and stay restorable for 30 days"
  }

  assert {
    condition     = aws_kms_alias.this.name == "alias/corpus-test/objects"
    error_message = "the alias must carry the name"
  }
}

run "names_every_action_and_principal" {
  assert {
    condition     = alltrue([for statement in jsondecode(aws_kms_key.this.policy).Statement : alltrue([for action in statement.Action : !strcontains(action, "*")])])
    error_message = "no wildcard in the actions of a key policy"
  }

  assert {
    condition     = [for statement in jsondecode(aws_kms_key.this.policy).Statement : statement.Principal] == [{ AWS = "arn:aws:iam::123456789012:root" }]
    error_message = "without log groups the account is the only principal"
  }

  assert {
    condition     = contains(jsondecode(aws_kms_key.this.policy).Statement[0].Action, "kms:PutKeyPolicy")
    error_message = "without PutKeyPolicy nobody can ever change the key's policy again"
  }
}

run "lets_logs_encrypt_the_named_groups_only" {
  variables {
    log_group_names = ["/corpus-test/load"]
  }

  assert {
    condition     = jsondecode(aws_kms_key.this.policy).Statement[1].Principal == { Service = "logs.eu-central-1.amazonaws.com" }
    error_message = "CloudWatch Logs of this region must be the principal"
  }

  assert {
    condition = jsondecode(aws_kms_key.this.policy).Statement[1].Condition == {
      ArnLike = { "kms:EncryptionContext:aws:logs:arn" = ["arn:aws:logs:eu-central-1:123456789012:log-group:/corpus-test/load"] }
    }
    error_message = "the encryption context must name the group"
  }
}

run "refuses_every_group_at_once" {
  command = plan
  variables {
    log_group_names = ["*"]
  }
  expect_failures = [var.log_group_names]
}

run "refuses_a_lone_slash_with_star" {
  command = plan
  variables {
    log_group_names = ["/*"]
  }
  expect_failures = [var.log_group_names]
}

run "refuses_names_that_aws_keeps" {
  command = plan
  variables {
    name = "aws/s3"
  }
  expect_failures = [var.name]
}

run "refuses_a_deletion_window_that_aws_refuses" {
  command = plan
  variables {
    deletion_window_days = 3
  }
  expect_failures = [var.deletion_window_days]
}

run "refuses_halves_spaces_and_silence" {
  command = plan
  variables {
    name                 = "corpus test"
    description          = " "
    log_group_names      = ["corpus-test/load"]
    deletion_window_days = 7.5
  }
  expect_failures = [var.name, var.description, var.log_group_names, var.deletion_window_days]
}
