"""Reads bills of materials in CycloneDX JSON: every component has a version, a hash and a licence that Apache-2.0 goes with."""

import json
import sys

ALLOWED = {
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "CC0-1.0",
    "MIT",
    "MIT-0",
    # What re2j calls its BSD-3-Clause text.
    "Go License",
}


def licences(component):
    for each in component.get("licenses", []):
        if "expression" in each:
            yield each["expression"]
        else:
            yield each["license"].get("id") or each["license"]["name"]


def problems(component):
    name = f"{component.get('group')}:{component['name']}:{component.get('version')}"
    if not component.get("version") or not component.get("hashes"):
        yield f"{name} has no version or no hash"
    # Of several licences one may choose.
    if not ALLOWED.intersection(licences(component)):
        yield f"{name} is under {', '.join(licences(component)) or 'no licence'}"


def main(files):
    found = []
    for file in files:
        with open(file) as text:
            components = json.load(text)["components"]
        found += [f"{file}: {problem}" for component in components for problem in problems(component)]
        found += [] if len(components) > 20 else [f"{file} lists {len(components)} components"]
        print(f"{file}: {len(components)} components")
    print("\n".join(found) or "every licence goes with Apache-2.0")
    return 1 if found or not files else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
