"""Tries `switch.py` on a stack that is not there: what it would ask CloudFormation for, and what it refuses."""

import sys
from datetime import datetime, timezone

import boto3
from botocore.stub import Stubber

from switch import switch

STACK = {
    "StackName": "kontobro", "CreationTime": datetime.now(timezone.utc), "StackStatus": "UPDATE_COMPLETE",
    "Parameters": [{"ParameterKey": name, "ParameterValue": "as it was"} for name in ("Closed", "Domain", "Reopens")],
}
NAMED = {"StackName": "kontobro"}
# All that is asked for: two settings anew, the third and the template as they were.
ASKED = {
    **NAMED, "UsePreviousTemplate": True, "Capabilities": ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"],
    "Parameters": [
        {"ParameterKey": "Domain", "UsePreviousValue": True},
        {"ParameterKey": "Closed", "ParameterValue": "search,mail"},
        {"ParameterKey": "Reopens", "ParameterValue": "2026-11-25T08:00:00+01:00"},
    ],
}


def stubbed():
    cloudformation = boto3.client(
        "cloudformation", region_name="eu-north-1", aws_access_key_id="none", aws_secret_access_key="none")
    stub = Stubber(cloudformation)
    stub.add_response("describe_stacks", {"Stacks": [STACK]}, NAMED)
    stub.activate()
    return cloudformation, stub


def changes_what_it_is_told_and_nothing_else():
    cloudformation, stub = stubbed()
    stub.add_response("update_stack", {"StackId": "kontobro"}, ASKED)
    stub.add_response("describe_stacks", {"Stacks": [STACK]}, NAMED)
    switch(cloudformation, "kontobro", {"Closed": "search,mail", "Reopens": "2026-11-25T08:00:00+01:00"})
    stub.assert_no_pending_responses()


def refuses_a_setting_that_there_is_not():
    cloudformation, _ = stubbed()
    try:
        switch(cloudformation, "kontobro", {"Close": "search"})
    except SystemExit as refused:
        assert "no setting Close;" in str(refused), refused
    else:
        sys.exit("switch.py takes a setting that there is not")


if __name__ == "__main__":
    changes_what_it_is_told_and_nothing_else()
    refuses_a_setting_that_there_is_not()
    print("switch.py changes what it is told, and nothing else")
