# Bucket and region of the state come from backend.hcl: a backend block takes no variables.
terraform {
  required_version = ">= 1.10" # the first version whose S3 backend locks without DynamoDB

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.92, < 7.0"
    }
  }

  backend "s3" {
    key          = "prod/terraform.tfstate"
    encrypt      = true
    use_lockfile = true
  }
}

provider "aws" {
  region              = var.region
  allowed_account_ids = var.account_id == null ? null : [var.account_id]

  default_tags {
    tags = {
      Project     = var.project
      Environment = "prod"
      ManagedBy   = "terraform"
    }
  }
}
