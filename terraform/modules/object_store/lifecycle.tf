# What may end by itself. `parts/` is in no rule that expires or moves an object: a part is shared by every run that
# found it made, so only the prune command, which reads the manifests, knows when one is no longer needed.

locals {
  # Superseded and deleted versions of the two prefixes whose objects are written more than once.
  noncurrent_rules = {
    for prefix in ["raw", "runs"] : "${prefix}-old-versions" => {
      prefix          = "${prefix}/"
      noncurrent_days = var.noncurrent_version_days
      transition_days = null
      expire_days     = null
    }
  }

  raw_rules = var.raw_infrequent_access_days == null ? {} : {
    raw-infrequent-access = {
      prefix          = "raw/"
      noncurrent_days = null
      transition_days = var.raw_infrequent_access_days
      expire_days     = null
    }
  }

  run_rules = var.runs_expire_days == null ? {} : {
    runs-expire = {
      prefix          = "runs/"
      noncurrent_days = null
      transition_days = null
      expire_days     = var.runs_expire_days
    }
  }

  rules = merge(local.noncurrent_rules, local.raw_rules, local.run_rules)
}

resource "aws_s3_bucket_lifecycle_configuration" "objects" {
  bucket = module.objects.name

  # The one rule for the whole bucket: an upload that was never completed is no object yet, and is paid for unseen.
  rule {
    id     = "abandoned-uploads"
    status = "Enabled"

    filter {}

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }

  dynamic "rule" {
    for_each = local.rules

    content {
      id     = rule.key
      status = "Enabled"

      filter {
        prefix = rule.value.prefix
      }

      dynamic "noncurrent_version_expiration" {
        for_each = rule.value.noncurrent_days == null ? [] : [rule.value.noncurrent_days]
        content {
          noncurrent_days = noncurrent_version_expiration.value
        }
      }

      dynamic "transition" {
        for_each = rule.value.transition_days == null ? [] : [rule.value.transition_days]
        content {
          days          = transition.value
          storage_class = "STANDARD_IA"
        }
      }

      dynamic "expiration" {
        for_each = rule.value.expire_days == null ? [] : [rule.value.expire_days]
        content {
          days = expiration.value
        }
      }
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
      days = var.access_log_retention_days
    }

    noncurrent_version_expiration {
      noncurrent_days = 1
    }

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }
}
