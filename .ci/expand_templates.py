"""Writes the shipped templates without SAM, as JSON, for tools that know CloudFormation only. usage: expand_templates.py FOLDER"""

import json
import pathlib
import sys

from check_sam_expansion import ROOT, NoManagedPolicies
from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse


def main(folder):
    template = yaml_parse((ROOT / "template.yaml").read_text())
    # What `sam package` puts in place of local files.
    template["Globals"]["Function"]["CodeUri"] = "s3://bucket/functions"
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Serverless::StateMachine":
            resource["Properties"]["DefinitionUri"] = "s3://bucket/definition"
        if resource["Type"] == "AWS::Serverless::Application":
            resource["Properties"]["Location"] = "https://s3.amazonaws.com/bucket/template"
    sample = yaml_parse((ROOT / "infrastructure/sample-website.yaml").read_text())
    folder.mkdir(parents=True, exist_ok=True)
    for name, expanded in ("template", transform(template, {}, NoManagedPolicies())), ("sample-website", sample):
        (folder / f"{name}.json").write_text(json.dumps(expanded, indent=1))


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
