# Private subnets with no way to the internet, and the one security group that every task runs in.

data "aws_availability_zones" "available" {
  count = local.own && var.zones == null ? 1 : 0
  state = "available"

  # No local zones and no wavelength zones: an account opts into them, and RDS and Fargate are not in all of them.
  filter {
    name   = "opt-in-status"
    values = ["opt-in-not-required"]
  }

  lifecycle {
    postcondition {
      condition     = length(self.names) >= var.zone_count
      error_message = "zone_count: this account has ${length(self.names)} zones in this region, not ${var.zone_count}."
    }
  }
}

locals {
  own   = var.existing_vpc == null
  first = local.own && var.zones == null ? slice(data.aws_availability_zones.available[0].names, 0, var.zone_count) : []
  zones = !local.own ? [] : var.zones == null ? local.first : var.zones

  vpc_id     = local.own ? aws_vpc.this[0].id : var.existing_vpc.vpc_id
  subnet_ids = local.own ? [for zone in local.zones : aws_subnet.private[zone].id] : var.existing_vpc.private_subnet_ids
}

resource "aws_vpc" "this" {
  count = local.own ? 1 : 0

  cidr_block           = var.cidr_block
  enable_dns_support   = true
  enable_dns_hostnames = true # interface endpoints answer under the services' own names only with this

  tags = { Name = var.name }

  lifecycle {
    precondition {
      condition     = alltrue([for zone in coalesce(var.zones, []) : startswith(zone, local.region)])
      error_message = "zones: ${join(", ", coalesce(var.zones, []))}: expected zones of the provider's region ${local.region}."
    }
  }
}

# AWS makes this group and it cannot be deleted; emptied, a resource that lands in it by mistake reaches nothing.
resource "aws_default_security_group" "this" {
  count = local.own ? 1 : 0

  vpc_id = aws_vpc.this[0].id
  tags   = { Name = "${var.name}-default-unused" }
}

resource "aws_subnet" "private" {
  for_each = toset(local.zones)

  vpc_id            = aws_vpc.this[0].id
  availability_zone = each.value

  # A sixteenth of the VPC each: 4,096 addresses of the default /16, one per running task.
  cidr_block = cidrsubnet(var.cidr_block, 4, index(local.zones, each.value))

  tags = { Name = "${var.name}-private-${each.value}" }
}

# No route but the local one; the S3 endpoint adds its own.
resource "aws_route_table" "private" {
  count = local.own ? 1 : 0

  vpc_id = aws_vpc.this[0].id
  tags   = { Name = "${var.name}-private" }
}

resource "aws_route_table_association" "private" {
  for_each = aws_subnet.private

  subnet_id      = each.value.id
  route_table_id = aws_route_table.private[0].id
}

resource "aws_security_group" "tasks" {
  name_prefix = "${var.name}-tasks-"
  description = "Task containers: no way in, and out only where a rule says so"
  vpc_id      = local.vpc_id

  tags = { Name = "${var.name}-tasks" }

  lifecycle {
    create_before_destroy = true # a group in use cannot be deleted
  }
}

resource "aws_vpc_security_group_egress_rule" "tasks_to_endpoints" {
  count = local.own ? 1 : 0

  description                  = "AWS services through the interface endpoints"
  security_group_id            = aws_security_group.tasks.id
  referenced_security_group_id = aws_security_group.endpoints[0].id
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
}

resource "aws_vpc_security_group_egress_rule" "tasks_to_s3" {
  count = local.own ? 1 : 0

  description       = "S3 through the gateway endpoint"
  security_group_id = aws_security_group.tasks.id
  prefix_list_id    = aws_vpc_endpoint.s3[0].prefix_list_id
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_vpc_security_group_egress_rule" "tasks_extra" {
  for_each = merge(
    var.task_egress,
    local.own ? {} : { for cidr in var.existing_vpc.https_egress_cidr_blocks : "https-${cidr}" => { cidr_block = cidr, port = 443 } },
  )

  description       = "Environment's own: ${each.key}"
  security_group_id = aws_security_group.tasks.id
  cidr_ipv4         = each.value.cidr_block
  ip_protocol       = "tcp"
  from_port         = each.value.port
  to_port           = each.value.port
}

resource "aws_vpc_security_group_egress_rule" "tasks_to_prefix_lists" {
  for_each = local.own ? toset([]) : toset(var.existing_vpc.https_egress_prefix_list_ids)

  description       = "Environment's own: HTTPS to ${each.key}"
  security_group_id = aws_security_group.tasks.id
  prefix_list_id    = each.key
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}
