# The pipeline's bucket: landing zone, manifests and immutable parts, with the lifecycle that each may have.

data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}

module "key" {
  source = "../encryption_key"

  name                 = "${var.name}/objects"
  description          = "Objects of ${var.bucket_name}"
  deletion_window_days = var.key_deletion_window_days
}

module "access_logs" {
  source = "../private_bucket"

  name          = "${var.bucket_name}-logs"
  force_destroy = var.force_destroy

  # Written out, not taken from the other module: the two buckets would wait for each other.
  receives_access_logs_of = [{
    bucket_arn = "arn:${data.aws_partition.current.partition}:s3:::${var.bucket_name}"
    account_id = data.aws_caller_identity.current.account_id
    prefix     = "objects/"
  }]
}

module "objects" {
  source = "../private_bucket"

  name          = var.bucket_name
  kms_key_arn   = module.key.arn
  force_destroy = var.force_destroy
  access_logs   = { bucket = module.access_logs.name, prefix = "objects/" }
}

# Every change in the landing zone as an event, for those who want to start a run on arrival instead of by the clock.
resource "aws_s3_bucket_notification" "this" {
  count = var.events_enabled ? 1 : 0

  bucket      = module.objects.name
  eventbridge = true
}
