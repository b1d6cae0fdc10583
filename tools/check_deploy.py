"""Tries `settings.py` and `deploy.py`, with the real `sam deploy` before an AWS that only listens.

What `sam` asks CloudFormation for is what counts: which settings it sends, and which it leaves as they are. The AWS
here refuses the change set once it has read it, so nothing is ever deployed.
"""

import os
import subprocess
import sys
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import boto3
from botocore.stub import Stubber
from samcli.yamlhelper import yaml_dump

from deploy import command, faults, given, is_there
from settings import SWITCHES, settings
from translate import PROJECT, read

STACK, REGION = "kontobro-prov", "eu-north-1"
# What an operator fills in.
FILLED_IN = {"PortalUrl": "https://nakos.example.no", "SupportEmail": "hjelp@example.no", "ServiceName": "Min tjeneste",
             "Domain": "konto.nakos.example.no", "HostedZoneId": "Z0123456789", "OidcClientId": "abc",
             "MailFrom": "svar-ikke@konto.nakos.example.no", "AlarmEmail": "vakt@example.no"}


def file_of(folder, filled_in):
    """A settings file as `make settings` makes it, with these values filled in."""
    text = "".join(settings(STACK, REGION, read("template.yaml")))
    for name, value in filled_in.items():
        default = read("template.yaml")["Parameters"][name].get("Default", "")
        before = f"'{name}=\"{default}\"'"
        assert text.count(before) == 1, f"{name} stands {text.count(before)} times in the file"
        text = text.replace(before, f"'{name}=\"{value}\"'")
    file = Path(folder, f"{STACK}.toml")
    file.write_text(text, encoding="utf-8")
    return file


def refused(change):
    """The faults of a file in which something was changed."""
    with tempfile.TemporaryDirectory() as folder:
        told = given(file_of(folder, FILLED_IN))
    change(told)
    return list(faults(STACK, told, read("template.yaml")))


def a_file_that_is_not_whole_is_refused():
    assert refused(lambda told: None) == []
    without = lambda name: lambda told: told.update(
        parameter_overrides=[line for line in told["parameter_overrides"] if not line.startswith(f"{name}=")])
    with_ = lambda line: lambda told: told["parameter_overrides"].append(line)
    assert refused(without("Domain")) == ["Domain is missing"]
    assert "is empty" in refused(with_('AlarmEmail=""'))[0]
    assert "It must be an https address" in refused(with_('PortalUrl="http://nakos.example.no"'))[0]
    assert "is a switch" in refused(with_('NotBefore="2026-11-24T08:00:00Z"'))[0]
    assert refused(with_('Colour="blue"')) == ["there is no setting Colour"]
    assert "not 'kontobro-prov'" in refused(lambda told: told.update(stack_name="kontobro"))[0]


def the_first_try_keeps_what_it_made():
    cloudformation = boto3.client("cloudformation", region_name=REGION, aws_access_key_id="none", aws_secret_access_key="none")
    stack = {"StackName": STACK, "CreationTime": "2026-12-01T08:00:00Z"}
    for status, there in (("CREATE_FAILED", False), ("CREATE_COMPLETE", True), ("UPDATE_ROLLBACK_COMPLETE", True)):
        with Stubber(cloudformation) as stub:
            stub.add_response("describe_stacks", {"Stacks": [{**stack, "StackStatus": status}]})
            assert is_there(cloudformation, STACK) == there, status
    with Stubber(cloudformation) as stub:
        stub.add_client_error("describe_stacks", "ValidationError", f"Stack with id {STACK} does not exist")
        assert not is_there(cloudformation, STACK)
    assert command("a.toml", True) == ["sam", "deploy", "--config-file", "a.toml", "--disable-rollback"]
    assert command("a.toml", False) == ["sam", "deploy", "--config-file", "a.toml"]


class Aws(BaseHTTPRequestHandler):
    """CloudFormation and S3, as far as `sam deploy` asks them before it makes a change set."""

    there, asked = False, []

    def answer(self, status, body=""):
        self.send_response(status)
        self.send_header("ETag", '"0"')
        self.send_header("Content-Length", str(len(body.encode())))
        self.end_headers()
        self.wfile.write(body.encode() if self.command != "HEAD" else b"")

    def do_HEAD(self):
        self.answer(404)

    def do_PUT(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.answer(200)

    def do_POST(self):
        form = {name: value for name, [value] in parse_qs(
            self.rfile.read(int(self.headers["Content-Length"])).decode(), keep_blank_values=True).items()}
        self.answer(*self.told(form))

    def told(self, form):
        action = form["Action"]
        if action == "DescribeStacks" and form["StackName"] == "aws-sam-cli-managed-default":
            return 200, answered(action, described("aws-sam-cli-managed-default", """
                <Tags><member><Key>ManagedStackSource</Key><Value>AwsSamCli</Value></member></Tags>
                <Outputs><member><OutputKey>SourceBucket</OutputKey><OutputValue>packages</OutputValue></member></Outputs>"""))
        if action == "DescribeStacks":
            return (200, answered(action, described(STACK))) if self.there else refusal(f"Stack with id {STACK} does not exist")
        if action == "GetTemplateSummary":
            members = "".join(f"<member><ParameterKey>{name}</ParameterKey></member>" for name in read("template.yaml")["Parameters"])
            return 200, answered(action, f"<Parameters>{members}</Parameters>")
        if action == "CreateChangeSet":
            self.asked.append(form)
        return refusal("that is all that was to be seen")

    def log_message(self, *_):
        pass


def answered(action, result):
    return f'<{action}Response xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><{action}Result>{result}</{action}Result></{action}Response>'


def described(stack, more=""):
    return (f"<Stacks><member><StackName>{stack}</StackName><CreationTime>2026-12-01T08:00:00Z</CreationTime>"
            f"<StackStatus>CREATE_COMPLETE</StackStatus>{more}</member></Stacks>")


def refusal(message):
    return 400, f"<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code><Message>{message}</Message></Error></ErrorResponse>"


def asked_by_sam(there):
    """What `sam deploy` asks CloudFormation to change, by the name of each setting."""
    Aws.there, Aws.asked = there, []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Aws)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as folder:
        # The parameters alone count here: nothing is built, and nothing nested is sent along.
        template = Path(folder, "template.yaml")
        topic = {"Type": "AWS::SNS::Topic"}
        template.write_text(yaml_dump({"Parameters": read("template.yaml")["Parameters"], "Resources": {"Topic": topic}}), encoding="utf-8")
        environment = {**os.environ, "AWS_ENDPOINT_URL": f"http://127.0.0.1:{server.server_port}", "AWS_ACCESS_KEY_ID": "none",
                       "AWS_SECRET_ACCESS_KEY": "none", "SAM_CLI_TELEMETRY": "0", "AWS_EC2_METADATA_DISABLED": "true"}
        run = subprocess.run([*command(file_of(folder, FILLED_IN), not there), "--template-file", str(template)], cwd=folder,
                             env=environment, capture_output=True, text=True, timeout=120, check=False, stdin=subprocess.DEVNULL)
    server.shutdown()
    assert len(Aws.asked) == 1, f"sam asked for {len(Aws.asked)} change sets:\n{run.stdout}\n{run.stderr}"
    form = Aws.asked[0]
    parameters = {}
    for name, value in form.items():
        if name.startswith("Parameters.member.") and name.endswith(".ParameterKey"):
            number = name.removesuffix(".ParameterKey")
            parameters[value] = form.get(f"{number}.ParameterValue", "as it was")
    return form, parameters


def a_deployment_leaves_the_switches_as_they_are():
    form, asked = asked_by_sam(there=True)
    assert form["StackName"] == STACK and form["ChangeSetType"] == "UPDATE", form
    assert {name for name, value in asked.items() if value == "as it was"} == SWITCHES, asked
    assert {name: asked[name] for name in FILLED_IN} == FILLED_IN, asked
    assert asked["LegalBasis"] == "" and asked["LogRetentionDays"] == "90", asked


def a_new_stack_begins_with_the_switches_of_the_template():
    form, asked = asked_by_sam(there=False)
    assert form["StackName"] == STACK and form["ChangeSetType"] == "CREATE", form
    assert not SWITCHES & asked.keys(), asked


if __name__ == "__main__":
    checks = [a_file_that_is_not_whole_is_refused, the_first_try_keeps_what_it_made,
              a_deployment_leaves_the_switches_as_they_are, a_new_stack_begins_with_the_switches_of_the_template]
    for check in checks:
        check()
    print(f"settings.py and deploy.py: {len(checks)} checks hold")
