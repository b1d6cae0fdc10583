"""Asserts on the template as CloudFormation will see it, after SAM has made its roles and permissions.

Owns what the linters do not know: least privilege and an end to every log. Never talks to AWS. The
translation itself refuses doubled routes; names are compared by the Rust architecture test.
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
# `NotAction` and `NotResource` allow whatever they do not name.
PLAIN = {"Sid", "Effect", "Action", "Resource", "Condition"}


def translated(path):
    template = yaml_parse(Path(path).read_text(encoding="utf-8"))
    for resource in template["Resources"].values():  # the translator wants packages, not folders
        if resource["Type"] == "AWS::Serverless::Application":
            resource["Properties"]["Location"] = "https://example.org/nested.yaml"
    template["Globals"]["Function"]["CodeUri"] = "s3://packages/function.zip"
    session = Session(region_name="eu-north-1")
    return Translator({}, Parser(), boto_session=session).translate(template, parameter_values={})["Resources"]


def of_type(resources, kind):
    return {name: resource.get("Properties") or {} for name, resource in resources.items() if resource["Type"] == kind}


def listed(value):
    return value if isinstance(value, list) else [value]


def wide(statement):
    """What in a policy statement reaches further than the names it lists."""
    if statement["Effect"] != "Allow" or not {"Action", "Resource"} <= statement.keys() <= PLAIN:
        yield "not a plain list of actions and resources"
        return
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
        group = function.get("LoggingConfig", {}).get("LogGroup", {}).get("Ref")
        if not groups.get(group, {}).get("RetentionInDays"):
            yield f"{name}: its log lines are kept for ever"
        for arn in roles[role].get("ManagedPolicyArns", []):
            if WRITES_LOGS not in json.dumps(arn):
                yield f"{name}: managed policy {json.dumps(arn)}"
        for policy in roles[role].get("Policies", []):
            for statement in listed(policy["PolicyDocument"]["Statement"]):
                yield from (f"{name}: policy reaches too far: {what}" for what in wide(statement))
    if len(used) != len(set(used)):
        yield "two functions share a role"


if __name__ == "__main__":
    template = sys.argv[1]
    found = list(findings(translated(template)))
    print("\n".join(found) or f"{template}: every function has its own narrow role, and its logs an end")
    sys.exit(bool(found))
