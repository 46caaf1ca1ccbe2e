"""Compares our expansion of serverless resources with that of aws-sam-translator.

The tests of the module rehearsal write theirs to rehearsal/target/expanded/<name>.json. The one allowed difference:
code, definition and nested template stay paths of local files, which `sam package` would have uploaded.
"""

import json
import pathlib
import sys

from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse

ROOT = pathlib.Path(__file__).resolve().parent.parent
TEMPLATES = {
    "template": ROOT / "template.yaml",
    "serverless": ROOT / "rehearsal/src/test/resources/template/serverless.yaml",
}


class NoManagedPolicies:
    def load(self):
        return {}


def expand(path):
    template = yaml_parse(path.read_text())
    paths = {}

    def upload(holder, member):
        if member in holder:
            key = f"upload-{len(paths)}"
            paths[key] = holder[member]
            holder[member] = f"s3://bucket/{key}" if member != "Location" else f"https://s3.amazonaws.com/bucket/{key}"

    upload(template.get("Globals", {}).get("Function", {}), "CodeUri")
    for resource in template["Resources"].values():
        for member in ("CodeUri", "DefinitionUri", "Location"):
            if resource["Type"].startswith("AWS::Serverless::"):
                upload(resource["Properties"], member)
    expanded = transform(template, {}, NoManagedPolicies())["Resources"]
    for resource in expanded.values():
        properties = resource.get("Properties", {})
        if "S3Key" in properties.get("Code", {}):
            properties["Code"] = paths[properties["Code"]["S3Key"]]
        if "DefinitionS3Location" in properties:
            properties["DefinitionS3Location"] = paths[properties["DefinitionS3Location"]["Key"]]
        if resource["Type"] == "AWS::CloudFormation::Stack":
            properties["TemplateURL"] = paths[properties["TemplateURL"].rsplit("/", 1)[1]]
    return expanded


def normal(value):
    """Without what makes no difference: ARNs of AWS's policies with and without the partition."""
    if isinstance(value, dict):
        if list(value) == ["Fn::Sub"] and isinstance(value["Fn::Sub"], str) and ":iam::aws:policy/" in value["Fn::Sub"]:
            return value["Fn::Sub"].replace("${AWS::Partition}", "aws")
        return {key: normal(member) for key, member in value.items()}
    if isinstance(value, list):
        return [normal(item) for item in value]
    return value


def differences(ours, theirs, where):
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for key in sorted(ours.keys() | theirs.keys()):
            if key not in ours:
                yield f"{where}/{key}: only SAM has it: {json.dumps(theirs[key])}"
            elif key not in theirs:
                yield f"{where}/{key}: only we have it: {json.dumps(ours[key])}"
            else:
                yield from differences(ours[key], theirs[key], f"{where}/{key}")
    elif ours != theirs:
        yield f"{where}: {json.dumps(ours)} is {json.dumps(theirs)} with SAM"


def main():
    found = []
    for name, path in TEMPLATES.items():
        ours = json.loads((ROOT / f"rehearsal/target/expanded/{name}.json").read_text())
        found.extend(differences(normal(ours), normal(expand(path)), name))
        print(f"{name}: {len(ours)} resources")
    for difference in found:
        print(difference)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
