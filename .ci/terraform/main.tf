# What a user of Terraform would have around a service, for the local cloud of the rehearsal. See ./check.

terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }
}

variable "endpoint" {
  description = "AWS endpoint of `./rehearse serve --bare`"
  type        = string
}

variable "production_port" {
  type = number
}

variable "test_port" {
  type = number
}

variable "retention_in_days" {
  type    = number
  default = 7
}

provider "aws" {
  region                      = "eu-west-1"
  access_key                  = "local"
  secret_key                  = "local"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  max_retries                 = 1

  endpoints {
    codedeploy     = var.endpoint
    cloudwatch     = var.endpoint
    cloudwatchlogs = var.endpoint
    dynamodb       = var.endpoint
    ecr            = var.endpoint
    ecs            = var.endpoint
    elbv2          = var.endpoint
    eventbridge    = var.endpoint
    iam            = var.endpoint
    ec2            = var.endpoint
    sfn            = var.endpoint
    sns            = var.endpoint
    sqs            = var.endpoint
    ssm            = var.endpoint
    sts            = var.endpoint
  }

  default_tags {
    tags = { system = "check" }
  }
}

data "aws_caller_identity" "current" {}

locals {
  account = data.aws_caller_identity.current.account_id
}

resource "aws_ecr_repository" "website" {
  name                 = "tf-website"
  image_tag_mutability = "MUTABLE"
  force_delete         = true

  image_scanning_configuration {
    scan_on_push = true
  }
}

resource "aws_lb" "website" {
  name               = "tf-website"
  internal           = true
  load_balancer_type = "application"
  subnets            = ["subnet-0a1b2c3d", "subnet-4e5f6a7b"]
  security_groups    = ["sg-0a1b2c3d"]
}

resource "aws_lb_target_group" "website" {
  for_each             = toset(["blue", "green"])
  name                 = "tf-website-${each.key}"
  port                 = 80
  protocol             = "HTTP"
  target_type          = "ip"
  vpc_id               = "vpc-0a1b2c3d"
  deregistration_delay = 5

  health_check {
    path     = "/"
    interval = 10
  }
}

resource "aws_lb_listener" "production" {
  load_balancer_arn = aws_lb.website.arn
  port              = var.production_port
  protocol          = "HTTP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.website["blue"].arn
  }
}

resource "aws_lb_listener" "test" {
  load_balancer_arn = aws_lb.website.arn
  port              = var.test_port
  protocol          = "HTTP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.website["blue"].arn
  }
}

resource "aws_ecs_cluster" "website" {
  name = "tf-website"
}

resource "aws_ecs_task_definition" "website" {
  family                   = "tf-website"
  cpu                      = "256"
  memory                   = "512"
  network_mode             = "awsvpc"
  requires_compatibilities = ["FARGATE"]
  container_definitions = jsonencode([{
    name           = "web"
    image          = "${aws_ecr_repository.website.repository_url}:v1"
    essential      = true
    portMappings   = [{ containerPort = 80, hostPort = 80, protocol = "tcp" }]
    environment    = []
    mountPoints    = []
    volumesFrom    = []
    systemControls = []
  }])
}

resource "aws_ecs_service" "website" {
  name            = "tf-website"
  cluster         = aws_ecs_cluster.website.id
  task_definition = aws_ecs_task_definition.website.arn
  desired_count   = 0
  launch_type     = "FARGATE"

  deployment_controller {
    type = "CODE_DEPLOY"
  }

  load_balancer {
    target_group_arn = aws_lb_target_group.website["blue"].arn
    container_name   = "web"
    container_port   = 80
  }

  network_configuration {
    subnets         = ["subnet-0a1b2c3d"]
    security_groups = ["sg-0a1b2c3d"]
  }

  depends_on = [aws_lb_listener.production]
}

resource "aws_codedeploy_app" "website" {
  name             = "tf-website"
  compute_platform = "ECS"
}

resource "aws_codedeploy_deployment_group" "website" {
  app_name               = aws_codedeploy_app.website.name
  deployment_group_name  = "tf-website"
  deployment_config_name = "CodeDeployDefault.ECSAllAtOnce"
  service_role_arn       = "arn:aws:iam::${local.account}:role/ecsCodeDeployRole"

  deployment_style {
    deployment_option = "WITH_TRAFFIC_CONTROL"
    deployment_type   = "BLUE_GREEN"
  }

  blue_green_deployment_config {
    deployment_ready_option {
      action_on_timeout = "CONTINUE_DEPLOYMENT"
    }

    terminate_blue_instances_on_deployment_success {
      action                           = "TERMINATE"
      termination_wait_time_in_minutes = 60
    }
  }

  auto_rollback_configuration {
    enabled = true
    events  = ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_REQUEST"]
  }

  ecs_service {
    cluster_name = aws_ecs_cluster.website.name
    service_name = aws_ecs_service.website.name
  }

  load_balancer_info {
    target_group_pair_info {
      prod_traffic_route {
        listener_arns = [aws_lb_listener.production.arn]
      }

      test_traffic_route {
        listener_arns = [aws_lb_listener.test.arn]
      }

      target_group {
        name = aws_lb_target_group.website["blue"].name
      }

      target_group {
        name = aws_lb_target_group.website["green"].name
      }
    }
  }
}

resource "aws_sns_topic" "releases" {
  name = "tf-releases"
}

resource "aws_sqs_queue" "releases" {
  name                       = "tf-releases"
  visibility_timeout_seconds = 30
}

resource "aws_sns_topic_subscription" "releases" {
  topic_arn = aws_sns_topic.releases.arn
  protocol  = "sqs"
  endpoint  = aws_sqs_queue.releases.arn
}

resource "aws_dynamodb_table" "ledger" {
  name         = "tf-ledger"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }

  ttl {
    attribute_name = "expiresAt"
    enabled        = true
  }
}

resource "aws_cloudwatch_log_group" "website" {
  name              = "/tf/website"
  retention_in_days = var.retention_in_days
}

resource "aws_cloudwatch_event_rule" "push" {
  name          = "tf-push"
  event_pattern = jsonencode({ source = ["aws.ecr"], detail-type = ["ECR Image Action"] })
}

resource "aws_cloudwatch_event_target" "push" {
  rule      = aws_cloudwatch_event_rule.push.name
  target_id = "queue"
  arn       = aws_sqs_queue.releases.arn
}

resource "aws_cloudwatch_metric_alarm" "failed" {
  alarm_name          = "tf-failed"
  namespace           = "AWS/States"
  metric_name         = "ExecutionsFailed"
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 1
  threshold           = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  alarm_actions       = [aws_sns_topic.releases.arn]
}

resource "aws_ssm_parameter" "frozen" {
  name  = "/tf/frozen"
  type  = "String"
  value = "no"
}

resource "aws_sfn_state_machine" "release" {
  name     = "tf-release"
  role_arn = "arn:aws:iam::${local.account}:role/release"
  definition = jsonencode({
    StartAt = "Done"
    States  = { Done = { Type = "Succeed" } }
  })
}

output "account" {
  value = local.account
}

output "repository_url" {
  value = aws_ecr_repository.website.repository_url
}
