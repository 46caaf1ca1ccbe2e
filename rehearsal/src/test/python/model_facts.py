#!/usr/bin/env python3
"""Writes what the Java SDK's classes do not carry about the simulated services' models: the wire code and HTTP status of
errors, and the required members of requests. Read from the AWS service models in botocore; output: model-facts.json.

usage: model_facts.py > rehearsal/src/main/resources/io/greenlane/rehearsal/endpoint/model-facts.json
"""
import json
import re

import botocore.session

SERVICES = {
    "ecs": "ecs", "ecr": "ecr", "codedeploy": "codedeploy", "stepfunctions": "sfn", "events": "eventbridge",
    "dynamodb": "dynamodb", "sns": "sns", "sqs": "sqs", "elbv2": "elasticloadbalancingv2", "sts": "sts", "iam": "iam",
    "cloudwatch": "cloudwatch", "ssm": "ssm", "logs": "cloudwatchlogs", "lambda": "lambda",
    "kms": "kms", "s3": "s3", "appconfig": "appconfig", "appconfigdata": "appconfigdata",
}


def bare(name):
    """The name of an error as the SDKs agree on it: lower case, without the ending Exception or Fault."""
    for ending in ("Fault", "Exception", "Error"):
        if name.endswith(ending) and ending != "Error":
            name = name[: -len(ending)]
    return name.lower()


def java_name(name):
    """As the Java SDK writes it: KMSInvalidMacException is KmsInvalidMacException there."""
    return re.sub("[A-Z]{2,}(?=[A-Z][a-z])", lambda word: word.group().capitalize(), name)


def errors_of(model):
    found = {}
    for name in model.shape_names:
        shape = model.shape_for(name)
        if shape.type_name != "structure" or not shape.metadata.get("exception"):
            continue
        error = shape.metadata.get("error", {})
        status = error.get("httpStatusCode", 500 if shape._shape_model.get("fault") else 400)
        java = java_name(name if name.endswith("Exception") else name + "Exception")
        code = name if model.metadata["protocol"] in ("json", "rest-json") and "query" not in model.metadata.get(
            "protocols", []) else error.get("code", name)
        fact = {}
        if code != java:
            fact["code"] = code
        if status != 400:
            fact["status"] = status
        # Two shapes may become one Java class; CloudWatch's alarms throw the one without the ending.
        if fact and not (bare(name) in found and name.endswith("Exception")):
            found[bare(name)] = fact
    return found


def required_of(model):
    found = {}

    def walk(shape, key):
        if shape.type_name == "structure":
            if key in found:
                return
            found[key] = sorted(shape.required_members)
            for member in shape.members.values():
                walk(member, member.name[0].upper() + member.name[1:])
        elif shape.type_name == "list":
            walk(shape.member, shape.member.name[0].upper() + shape.member.name[1:])
        elif shape.type_name == "map":
            walk(shape.value, shape.value.name[0].upper() + shape.value.name[1:])

    for operation in model.operation_names:
        shape = model.operation_model(operation).input_shape
        if shape is not None:
            walk(shape, operation + "Request")
    return {name: members for name, members in found.items() if members}


session = botocore.session.get_session()
facts = {}
for name, ours in SERVICES.items():
    model = session.get_service_model(name)
    facts[ours] = {"errors": errors_of(model), "required": required_of(model)}
print("{")
print(",\n".join(
    json.dumps(service) + ": {\n" + ",\n".join(
        " " + json.dumps(kind) + ": {\n" + ",\n".join(
            "  " + json.dumps(key) + ": " + json.dumps(value) for key, value in sorted(entries.items())) + "\n }"
        for kind, entries in kinds.items()) + "\n}"
    for service, kinds in facts.items()))
print("}")
