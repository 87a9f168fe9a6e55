# The range, not a pin: modules run on both provider lines as long as arguments that only 6.x has stay out.
# The lock files of the environments say which version was tested.
terraform {
  required_version = ">= 1.10"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.92, < 7.0"
    }
  }
}
