mock_provider "aws" {
  source = "../../tests/mocks"
}

variables {
  name        = "corpus-test-123456789012"
  kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:key/00000000-0000-0000-0000-000000000001"
}

run "is_private_versioned_and_encrypted_by_default" {
  assert {
    condition = alltrue([
      aws_s3_bucket_public_access_block.this.block_public_acls,
      aws_s3_bucket_public_access_block.this.block_public_policy,
      aws_s3_bucket_public_access_block.this.ignore_public_acls,
      aws_s3_bucket_public_access_block.this.restrict_public_buckets,
    ])
    error_message = "all four flags of the public access block must be set"
  }

  assert {
    condition     = one(aws_s3_bucket_ownership_controls.this.rule).object_ownership == "BucketOwnerEnforced"
    error_message = "access lists must be off"
  }

  assert {
    condition     = one(aws_s3_bucket_versioning.this.versioning_configuration).status == "Enabled"
    error_message = "versioning must be on"
  }

  assert {
    condition     = one(aws_s3_bucket_server_side_encryption_configuration.this.rule).bucket_key_enabled
    error_message = "the bucket key must be on"
  }

  assert {
    condition = one(one(aws_s3_bucket_server_side_encryption_configuration.this.rule).apply_server_side_encryption_by_default) == {
      sse_algorithm = "aws:kms", kms_master_key_id = var.kms_key_arn
    }
    error_message = "objects must be encrypted with the given key"
  }

  assert {
    condition     = aws_s3_bucket.this.force_destroy == false
    error_message = "a bucket must not be emptied by default"
  }
}

run "policy_denies_plain_http_old_tls_and_other_keys" {
  assert {
    condition = [for statement in jsondecode(aws_s3_bucket_policy.this.policy).Statement : "${statement.Effect} ${statement.Sid}"] == [
      "Deny DenyPlainHttp", "Deny DenyOldTls", "Deny DenyOtherEncryption", "Deny DenyOtherKey", "Deny DenyCustomerKeys",
    ]
    error_message = "the policy must hold these five denials and no grant"
  }

  assert {
    condition = jsondecode(aws_s3_bucket_policy.this.policy).Statement[0] == {
      Sid       = "DenyPlainHttp"
      Effect    = "Deny"
      Principal = { AWS = "*" }
      Action    = "s3:*"
      Resource  = ["arn:aws:s3:::mock-bucket", "arn:aws:s3:::mock-bucket/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }
    error_message = "plain HTTP must be denied to everyone, for the bucket and its objects"
  }

  assert {
    condition     = jsondecode(aws_s3_bucket_policy.this.policy).Statement[1].Condition == { NumericLessThan = { "s3:TlsVersion" = "1.2" } }
    error_message = "TLS before 1.2 must be denied"
  }

  assert {
    condition     = jsondecode(aws_s3_bucket_policy.this.policy).Statement[2].Condition == { Null = { "s3:x-amz-server-side-encryption" = "false" }, StringNotEquals = { "s3:x-amz-server-side-encryption" = "aws:kms" } }
    error_message = "SSE-S3 must be denied where a key is set"
  }

  assert {
    condition     = jsondecode(aws_s3_bucket_policy.this.policy).Statement[3].Condition == { Null = { "s3:x-amz-server-side-encryption-aws-kms-key-id" = "false" }, StringNotEquals = { "s3:x-amz-server-side-encryption-aws-kms-key-id" = var.kms_key_arn } }
    error_message = "another key must be denied"
  }
}

run "log_bucket_takes_logs_of_the_named_bucket_only" {
  variables {
    kms_key_arn             = null
    receives_access_logs_of = [{ bucket_arn = "arn:aws:s3:::source", account_id = "123456789012", prefix = "objects/" }]
  }

  assert {
    condition = [for statement in jsondecode(aws_s3_bucket_policy.this.policy).Statement : statement if statement.Effect == "Allow"] == [{
      Sid       = "AllowAccessLogDelivery0"
      Effect    = "Allow"
      Principal = { Service = "logging.s3.amazonaws.com" }
      Action    = "s3:PutObject"
      Resource  = "arn:aws:s3:::mock-bucket/objects/*"
      Condition = { ArnLike = { "aws:SourceArn" = "arn:aws:s3:::source" }, StringEquals = { "aws:SourceAccount" = "123456789012" } }
    }]
    error_message = "the one grant must be S3's log delivery from the named bucket of the named account, below its prefix"
  }

  assert {
    condition     = one(one(aws_s3_bucket_server_side_encryption_configuration.this.rule).apply_server_side_encryption_by_default).sse_algorithm == "AES256"
    error_message = "S3 delivers logs only into SSE-S3"
  }
}

run "sends_its_own_access_logs_where_told" {
  variables {
    access_logs = { bucket = "logs", prefix = "objects/" }
  }

  assert {
    condition     = aws_s3_bucket_logging.this[0].target_bucket == "logs" && aws_s3_bucket_logging.this[0].target_prefix == "objects/"
    error_message = "logging must go to the given bucket and prefix"
  }
}

run "refuses_dots_in_names" {
  command = plan
  variables {
    name = "corpus.test"
  }
  expect_failures = [var.name]
}

run "refuses_upper_case_names" {
  command = plan
  variables {
    name = "Corpus"
  }
  expect_failures = [var.name]
}

run "refuses_a_key_alias" {
  command = plan
  variables {
    kms_key_arn = "alias/corpus"
  }
  expect_failures = [var.kms_key_arn]
}

run "refuses_a_log_prefix_without_slash" {
  command = plan
  variables {
    access_logs = { bucket = "logs", prefix = "objects" }
  }
  expect_failures = [var.access_logs]
}

# Several bad values at once, each of another variable: every one of them must be refused, each by its own message.
run "refuses_every_bucket_as_a_source_of_logs" {
  command = plan
  variables {
    name                    = "xn--corpus"
    kms_key_arn             = "arn:aws:kms:eu-central-1:123456789012:alias/corpus"
    access_logs             = { bucket = "", prefix = "objects/" }
    receives_access_logs_of = [{ bucket_arn = "arn:aws:s3:::*", account_id = "123456789012", prefix = "objects/" }]
  }
  expect_failures = [var.name, var.kms_key_arn, var.access_logs, var.receives_access_logs_of]
}

run "refuses_a_name_of_64_letters_and_logs_without_a_folder" {
  command = plan
  variables {
    name                    = "corpus-0123456789-0123456789-0123456789-0123456789-0123456789-01"
    receives_access_logs_of = [{ bucket_arn = "arn:aws:s3:::source", account_id = "123456789012", prefix = "" }]
  }
  expect_failures = [var.name, var.receives_access_logs_of]
}
