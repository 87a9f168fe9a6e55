# The bucket that holds the state of the environments, once per account.

data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}

locals {
  bucket_name = "${var.project}-terraform-state-${data.aws_caller_identity.current.account_id}"
}

module "key" {
  source = "../modules/encryption_key"

  name        = "${var.project}-terraform-state"
  description = "Terraform state of ${var.project}"
}

module "access_logs" {
  source = "../modules/private_bucket"

  name = "${local.bucket_name}-logs"

  receives_access_logs_of = [{
    bucket_arn = "arn:${data.aws_partition.current.partition}:s3:::${local.bucket_name}"
    account_id = data.aws_caller_identity.current.account_id
    prefix     = "state/"
  }]
}

# Never emptied by a destroy: who loses the state has to import every resource by hand.
module "state" {
  source = "../modules/private_bucket"

  name        = local.bucket_name
  kms_key_arn = module.key.arn
  access_logs = { bucket = module.access_logs.name, prefix = "state/" }
}

resource "aws_s3_bucket_lifecycle_configuration" "state" {
  bucket = module.state.name

  rule {
    id     = "old-versions"
    status = "Enabled"

    filter {}

    noncurrent_version_expiration {
      noncurrent_days = 365 # a year of every state that ever was, to go back to
    }

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "access_logs" {
  bucket = module.access_logs.name

  rule {
    id     = "end-of-retention"
    status = "Enabled"

    filter {}

    expiration {
      days = 365
    }

    noncurrent_version_expiration {
      noncurrent_days = 1
    }

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }
}
