"""Asserts on the template as CloudFormation will see it, after SAM has made its roles and permissions.

Owns what a linter does not know: least privilege, log retention, one function a route. Never talks to AWS.
Names of functions, files and routes are compared by the Rust architecture test, not here.
"""

import json
import re
import sys
from pathlib import Path

from boto3 import Session
from samcli.yamlhelper import yaml_parse
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator

# SAM gives every role this managed policy: it writes log lines, in any group. The only wildcard we accept.
WRITES_LOGS = "AWSLambdaBasicExecutionRole"
# Secrets Manager ends each ARN with six characters of its own choice.
SECRET_SUFFIX = "-??????"


def translated(path):
    template = yaml_parse(Path(path).read_text(encoding="utf-8"))
    for resource in template["Resources"].values():  # the translator wants packages, not folders
        if resource["Type"] == "AWS::Serverless::Application":
            resource["Properties"]["Location"] = "https://example.org/nested.yaml"
    template["Globals"]["Function"]["CodeUri"] = "s3://packages/function.zip"
    session = Session(region_name="eu-north-1")
    return Translator({}, Parser(), boto_session=session).translate(template, parameter_values={})["Resources"]


def of_type(resources, kind):
    return {name: resource["Properties"] for name, resource in resources.items() if resource["Type"] == kind}


def listed(value):
    return value if isinstance(value, list) else [value]


def wide(statement):
    """What in a policy statement reaches further than names: `*`, `NotAction`, any principal but ours."""
    if statement["Effect"] != "Allow" or {"NotAction", "NotResource", "Action", "Resource"} & statement.keys() != {"Action", "Resource"}:
        yield "not a plain list of actions and resources"
    for action in listed(statement["Action"]):
        if not re.fullmatch(r"[a-z0-9-]+:[A-Za-z]+", action):
            yield f"action {action}"
    for resource in map(json.dumps, listed(statement["Resource"])):
        if re.search(r"[*?]", resource.replace(SECRET_SUFFIX, "")):
            yield f"resource {resource}"


def findings(resources):
    roles, groups = of_type(resources, "AWS::IAM::Role"), of_type(resources, "AWS::Logs::LogGroup")
    used = []
    for name, function in of_type(resources, "AWS::Lambda::Function").items():
        role = function["Role"]["Fn::GetAtt"][0]
        used.append(role)
        if not groups.get(function.get("LoggingConfig", {}).get("LogGroup", {}).get("Ref"), {}).get("RetentionInDays"):
            yield f"{name}: its log lines are kept for ever"
        for arn in roles[role].get("ManagedPolicyArns", []):
            if WRITES_LOGS not in json.dumps(arn):
                yield f"{name}: managed policy {json.dumps(arn)}"
        for policy in roles[role].get("Policies", []):
            for statement in listed(policy["PolicyDocument"]["Statement"]):
                yield from (f"{name}: policy reaches too far: {what}" for what in wide(statement))
    if len(used) != len(set(used)):
        yield "two functions share a role"


def doubled_routes(path):
    """SAM lets the last of two equal routes win without a word."""
    seen = set()
    for name, resource in yaml_parse(Path(path).read_text(encoding="utf-8"))["Resources"].items():
        for event in resource.get("Properties", {}).get("Events", {}).values():
            route = (event["Properties"].get("Method"), event["Properties"].get("Path"))
            if event["Type"] == "HttpApi" and route in seen:
                yield f"{name}: {' '.join(route)} already belongs to another function"
            seen.add(route)


if __name__ == "__main__":
    template = sys.argv[1]
    found = [*findings(translated(template)), *doubled_routes(template)]
    print("\n".join(found) or f"{template}: every function has its own narrow role, and its logs an end")
    sys.exit(bool(found))
