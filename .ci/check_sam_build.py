"""Looks at what `sam build` made: every handler is in its package, with its libraries, and Lambda takes the size."""

import pathlib
import sys

from samtranslator.yaml_helper import yaml_parse

MOST_BYTES = 250 * 1024 * 1024


def problems(built):
    template = yaml_parse((built / "template.yaml").read_text())
    functions = {
        name: resource["Properties"]
        for name, resource in template["Resources"].items()
        if resource["Type"] == "AWS::Serverless::Function"
    }
    if not functions:
        yield "no functions"
    for name, properties in functions.items():
        package = built / properties["CodeUri"]
        handler = properties["Handler"].split("::")[0].replace(".", "/") + ".class"
        if not (package / handler).is_file():
            yield f"{name}: {handler} is not in {package}"
        if not list((package / "lib").glob("*ecs-*.jar")):
            yield f"{name}: the libraries are not in {package / 'lib'}"
        size = sum(each.stat().st_size for each in package.rglob("*") if each.is_file())
        if size > MOST_BYTES:
            yield f"{name}: {size} bytes are more than Lambda takes"


def main(built):
    found = list(problems(pathlib.Path(built)))
    print("\n".join(found) or "every handler is in its package")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
