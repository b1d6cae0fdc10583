"""The templates as CloudFormation will see them, after SAM has made its roles, routes and permissions.

Prints one JSON object: by the name of its file, each template. Never talks to AWS.
"""

import json
import sys
from pathlib import Path

from boto3 import Session
from samcli.yamlhelper import yaml_parse
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator

PROJECT = Path(__file__).parent.parent


def read(path):
    return yaml_parse((PROJECT / path).read_text(encoding="utf-8"))


def translated(path):
    template = read(path)
    for resource in template["Resources"].values():  # the translator wants packages, not folders
        if resource["Type"] == "AWS::Serverless::Application":
            resource["Properties"]["Location"] = f"https://example.org/{resource['Properties']['Location']}"
    template["Globals"]["Function"]["CodeUri"] = "s3://packages/function.zip"
    session = Session(region_name="eu-north-1")
    return Translator({}, Parser(), boto_session=session).translate(template, parameter_values={})


def templates():
    nested = sorted((PROJECT / "infra").glob("*.yaml"))
    return {"template": translated("template.yaml"), **{path.stem: read(path) for path in nested}}


if __name__ == "__main__":
    json.dump(templates(), sys.stdout)
