# Where the images lie: repositories made here, or those of another environment ("build once, promote the digest").

locals {
  own_registry = var.image_registry == null
  repositories = toset(concat(local.steps, ["airflow"]))

  # <account>.dkr.ecr.<region>.amazonaws.com
  registry_parts = local.own_registry ? null : regex("^(?P<account>[0-9]{12})\\.dkr\\.ecr\\.(?P<region>[a-z0-9-]+)\\.", var.image_registry)

  repository_urls = {
    for image in local.repositories : image =>
    local.own_registry ? aws_ecr_repository.this[image].repository_url : "${var.image_registry}/${var.project}/${image}"
  }
  repository_arns = {
    for image in local.repositories : image =>
    local.own_registry ? aws_ecr_repository.this[image].arn : "arn:${local.partition}:ecr:${local.registry_parts.region}:${local.registry_parts.account}:repository/${var.project}/${image}"
  }

  # A digest wins over the tag: it names the bytes, and lineage stores it.
  image_uris = {
    for task, image in local.image : task =>
    contains(keys(var.image_digests), image) ? "${local.repository_urls[image]}@${var.image_digests[image]}" : "${local.repository_urls[image]}:${var.image_tag}"
  }
}

resource "aws_ecr_repository" "this" {
  for_each = local.own_registry ? local.repositories : toset([])

  name                 = "${var.project}/${each.key}"
  image_tag_mutability = "IMMUTABLE" # a tag in a lineage row must mean the same image next year
  force_delete         = var.force_destroy

  image_scanning_configuration {
    scan_on_push = true
  }

  encryption_configuration {
    encryption_type = "KMS"
    kms_key         = module.key.arn
  }
}

# Tagged images stay: the lineage of stored chunks names them.
resource "aws_ecr_lifecycle_policy" "this" {
  for_each = aws_ecr_repository.this

  repository = each.value.name

  policy = jsonencode({
    rules = [{
      rulePriority = 1
      description  = "Untagged layers of interrupted pushes"
      selection    = { tagStatus = "untagged", countType = "sinceImagePushed", countUnit = "days", countNumber = 14 }
      action       = { type = "expire" }
    }]
  })
}

resource "aws_ecr_repository_policy" "readers" {
  for_each = length(var.image_reader_account_ids) == 0 ? {} : aws_ecr_repository.this

  repository = each.value.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "PullFromNamedAccounts"
      Effect    = "Allow"
      Principal = { AWS = [for id in var.image_reader_account_ids : "arn:${local.partition}:iam::${id}:root"] }
      Action    = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
    }]
  })
}
