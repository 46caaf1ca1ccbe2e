#!/usr/bin/env python3
"""Drives boto3 over the simulated services and compares every raw answer with AWS's own service models.

usage: model_check.py http://127.0.0.1:PORT     (of `./rehearse serve --bare`)

Checked for each call: members that the model does not have, required members that are missing, values of another type;
for errors that the operation declares the code, or that it is one of the codes every service has. Prints one line for
each violation and a summary; exits 1 when there is a violation or a call ends otherwise than it should.
"""
import datetime
import json
import sys
import uuid
import xml.etree.ElementTree as ElementTree

import boto3
import botocore.config
import botocore.exceptions

COMMON_ERRORS = {
    "AccessDeniedException", "ExpiredTokenException", "IncompleteSignature", "InternalFailure", "MissingAction",
    "InvalidAction", "SerializationException", "ThrottlingException", "UnknownOperationException", "ValidationError",
    "ValidationException", "InvalidParameterValue", "InvalidParameterCombination", "MissingParameter",
}
# Of S3, whose model declares few of its errors (S3 API reference, error responses).
S3_ERRORS = {
    "AccessDenied", "BadDigest", "BucketNotEmpty", "IllegalLocationConstraintException", "InvalidBucketName",
    "InvalidRange", "NoSuchBucketPolicy", "NoSuchLifecycleConfiguration", "NoSuchTagSet", "NoSuchVersion",
    "NotImplemented", "PreconditionFailed", "BucketAlreadyOwnedByYou", "NoSuchBucket", "NoSuchKey",
}
# ECS answers with a member that no model knows yet, as AWS does when it is newer than the client.
NEWER_THAN_THE_MODEL = {"simulatedFutureSetting"}


class Checker:
    """Collects what is wrong with raw answers."""

    def __init__(self):
        self.violations = []
        self.calls = 0
        self.operations = set()

    def complain(self, where, what):
        self.violations.append(f"{where}: {what}")

    def json_value(self, shape, value, where):
        kind = shape.type_name
        if kind == "structure":
            if not isinstance(value, dict):
                return self.complain(where, f"not an object: {value!r}")
            names = {m.serialization.get("name", n): (n, m) for n, m in shape.members.items()}
            for name, inner in value.items():
                if name not in names and name not in NEWER_THAN_THE_MODEL:
                    self.complain(where, f"member {name} is not in the model")
                elif inner is not None and name in names:
                    self.json_value(names[name][1], inner, f"{where}.{name}")
            for wire, (name, _) in names.items():
                if name in shape.required_members and value.get(wire) is None:
                    self.complain(where, f"required member {name} is missing")
        elif kind == "list":
            if not isinstance(value, list):
                return self.complain(where, f"not a list: {value!r}")
            for i, element in enumerate(value):
                self.json_value(shape.member, element, f"{where}[{i}]")
        elif kind == "map":
            if not isinstance(value, dict):
                return self.complain(where, f"not a map: {value!r}")
            for key, element in value.items():
                self.json_value(shape.value, element, f"{where}[{key}]")
        else:
            self.json_scalar(shape, value, where)

    def json_scalar(self, shape, value, where):
        numbers = {"integer", "long", "float", "double", "timestamp"}
        kind = shape.type_name
        iso = kind == "timestamp" and shape.serialization.get("timestampFormat") == "iso8601"
        right = {
            "string": isinstance(value, str), "blob": isinstance(value, str), "boolean": isinstance(value, bool),
        }.get(kind, kind in numbers and isinstance(value, (int, float)) and not isinstance(value, bool))
        if not right and not (iso and isinstance(value, str)):
            self.complain(where, f"{value!r} is not a {kind}")
        if kind in ("integer", "long") and isinstance(value, float):
            self.complain(where, f"{value!r} is not whole")
        if kind == "string" and getattr(shape, "enum", None) and isinstance(value, str) and value not in shape.enum:
            self.complain(where, f"{value!r} is none of {shape.enum}")

    def xml_value(self, shape, element, where):
        kind = shape.type_name
        if kind == "structure":
            names = {m.serialization.get("name", n): (n, m) for n, m in shape.members.items()}
            flat = {m.member.serialization.get("name", w): m for w, (n, m) in names.items()
                    if m.type_name == "list" and m.serialization.get("flattened")}
            seen = set()
            for child in element:
                tag = local(child)
                if tag in names:
                    seen.add(tag)
                    member = names[tag][1]
                    repeated = member.type_name == "list" and member.serialization.get("flattened")
                    self.xml_value(member.member if repeated else member, child, f"{where}.{tag}")
                elif tag not in flat:
                    self.complain(where, f"member {tag} is not in the model")
            for wire, (name, _) in names.items():
                if name in shape.required_members and wire not in seen:
                    self.complain(where, f"required member {name} is missing")
        elif kind == "list":
            tag = shape.member.serialization.get("name", "member")
            for i, child in enumerate(element):
                if local(child) != tag:
                    self.complain(where, f"list element {local(child)}, not {tag}")
                self.xml_value(shape.member, child, f"{where}[{i}]")
        elif kind == "map":
            for child in element:
                if [local(c) for c in child][:1] != [shape.key.serialization.get("name", "key")]:
                    self.complain(where, "map entry without its key")
        else:
            self.xml_scalar(shape, element.text or "", where)

    def xml_scalar(self, shape, text, where):
        try:
            if shape.type_name in ("integer", "long"):
                int(text)
            elif shape.type_name in ("float", "double"):
                float(text)
            elif shape.type_name == "timestamp":
                datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
            elif shape.type_name == "boolean" and text not in ("true", "false"):
                raise ValueError
        except ValueError:
            self.complain(where, f"{text!r} is not a {shape.type_name}")
        if shape.type_name == "string" and getattr(shape, "enum", None) and text not in shape.enum:
            self.complain(where, f"{text!r} is none of {shape.enum}")

    def answer(self, operation, response):
        """Checks one raw answer; called by botocore before it parses."""
        where = f"{operation.service_model.service_name}.{operation.name}"
        self.calls += 1
        self.operations.add(where)
        status, headers, body = response["status_code"], response["headers"], response["body"]
        if not any(name.lower() in ("x-amzn-requestid", "x-amz-request-id") for name in headers):
            self.complain(where, "no request id header")
        protocol = operation.service_model.resolved_protocol
        if status >= 300:
            return self.error(operation, where, headers, body, protocol, status)
        shape = operation.output_shape
        if protocol == "query":
            root = ElementTree.fromstring(body)
            if local(root) != operation.name + "Response":
                self.complain(where, f"root element {local(root)}")
            if not any(local(c) == "ResponseMetadata" for c in root):
                self.complain(where, "no ResponseMetadata")
            if shape is not None:
                wrapper = shape.serialization.get("resultWrapper")
                found = [c for c in root if local(c) == wrapper]
                if not found:
                    return self.complain(where, f"no {wrapper}")
                self.xml_value(shape, found[0], where)
        elif protocol == "rest-xml":
            self.rest_xml_body(shape, body, where)
        elif shape is not None:
            payload = shape.serialization.get("payload")
            if payload is None or shape.members[payload].type_name == "structure":
                self.json_body(shape, json.loads(body or b"{}"), where)

    def json_body(self, shape, value, where):
        elsewhere = {n for n, m in shape.members.items() if m.serialization.get("location")}
        extra = {m.serialization.get("name", n) for n, m in shape.members.items() if n not in elsewhere}
        for name in value:
            if name not in extra:
                self.complain(where, f"member {name} is not in the model")
        for name, member in shape.members.items():
            wire = member.serialization.get("name", name)
            if name in elsewhere:
                continue
            if value.get(wire) is not None:
                self.json_value(member, value[wire], f"{where}.{wire}")
            elif name in shape.required_members:
                self.complain(where, f"required member {name} is missing")

    def rest_xml_body(self, shape, body, where):
        payload = shape.serialization.get("payload") if shape is not None else None
        if not body or shape is None or (payload and shape.members[payload].type_name != "structure"):
            return
        root = ElementTree.fromstring(body)
        if payload:
            self.xml_value(shape.members[payload], root, where)
        elif where.endswith(".GetBucketLocation"):
            self.xml_scalar(shape.members["LocationConstraint"], root.text or "", where)
        else:
            self.xml_value(shape, root, where)

    def error(self, operation, where, headers, body, protocol, status):
        legacy = headers.get("x-amzn-query-error")
        if protocol == "rest-xml" and not body:
            return
        if protocol in ("query", "rest-xml"):
            root = ElementTree.fromstring(body)
            found = [e.text for e in root.iter() if local(e) == "Code"]
            code = found[0] if found else None
            text = [e.text for e in root.iter() if local(e) == "Message"]
        else:
            parsed = json.loads(body or b"{}")
            code = parsed.get("__type") or headers.get("x-amzn-ErrorType") or headers.get("x-amzn-errortype")
            text = [v for k, v in parsed.items() if k.lower() == "message"]
        code = (code or "").split("#")[-1].split(":")[0]
        if not text or not text[0]:
            self.complain(where, f"error {code} says nothing")
        declared = {}
        for shape in operation.error_shapes:
            error = shape.metadata.get("error", {})
            expected = error.get("httpStatusCode", 500 if shape.metadata.get("fault") else 400)
            declared[error.get("code", shape.name) if protocol == "query" else shape.name] = expected
        known = declared.keys() | (S3_ERRORS if protocol == "rest-xml" else COMMON_ERRORS)
        if code not in known and (legacy or "").split(";")[0] not in known:
            self.complain(where, f"error {code} is not declared: {sorted(declared)}")
        if code in declared and protocol in ("query", "rest-json") and declared[code] != status:
            self.complain(where, f"error {code} has status {status}, not {declared[code]}")


def local(element):
    return element.tag.split("}")[-1]


class Cloud:
    """Clients of one endpoint whose answers are all checked."""

    def __init__(self, endpoint):
        self.checker = Checker()
        self.failures = []
        self.session = boto3.Session("AKIATEST", "secret", region_name="eu-west-1")
        self.clients = {}
        self.endpoint = endpoint

    def client(self, service):
        if service not in self.clients:
            config = botocore.config.Config(retries={"total_max_attempts": 1}, parameter_validation=False)
            client = self.session.client(service, endpoint_url=self.endpoint, config=config)
            client.meta.events.register(
                "before-parse", lambda operation_model, response_dict, **_: self.checker.answer(
                    operation_model, response_dict))
            self.clients[service] = client
        return self.clients[service]

    def call(self, service, operation, expect=None, /, **parameters):
        """Calls; `expect` is the code of the error that must come, None when it must succeed."""
        method = getattr(self.client(service), botocore.xform_name(operation))
        try:
            answer = method(**parameters)
        except botocore.exceptions.ClientError as error:
            code = error.response["Error"]["Code"]
            if code != expect:
                self.failures.append(f"{service}.{operation}: {error}")
            return error.response
        if expect is not None:
            self.failures.append(f"{service}.{operation}: should have failed with {expect}")
        return answer


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__.split("\n\n")[1])
    import model_check_calls
    cloud = Cloud(sys.argv[1])
    model_check_calls.drive(cloud, uuid.uuid4().hex[:8])
    for line in cloud.failures + cloud.checker.violations:
        print(line)
    print(f"{cloud.checker.calls} answers of {len(cloud.checker.operations)} operations compared with the models: "
          f"{len(cloud.checker.violations)} violations, {len(cloud.failures)} unexpected outcomes")
    sys.exit(1 if cloud.failures or cloud.checker.violations else 0)


if __name__ == "__main__":
    main()
