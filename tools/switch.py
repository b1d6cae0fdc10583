"""Changes settings of a running stack and nothing else: `switch.py STACK NAME=VALUE…`.

Neither builds nor uploads: the template stays as it was deployed last, every other setting as it is.
Takes AWS credentials and region as the AWS command line does. Waits until it is done, a minute or two.
"""

import sys

import boto3
from botocore.exceptions import BotoCoreError, ClientError


def switch(cloudformation, stack, changes):
    described = cloudformation.describe_stacks(StackName=stack)["Stacks"][0]
    known = {parameter["ParameterKey"] for parameter in described["Parameters"]}
    if unknown := changes.keys() - known:
        sys.exit(f"{stack} has no setting {', '.join(sorted(unknown))}; it has {', '.join(sorted(known))}")
    kept = [{"ParameterKey": name, "UsePreviousValue": True} for name in sorted(known - changes.keys())]
    changed = [{"ParameterKey": name, "ParameterValue": value} for name, value in changes.items()]
    cloudformation.update_stack(
        StackName=stack, UsePreviousTemplate=True, Parameters=kept + changed,
        Capabilities=["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"])
    cloudformation.get_waiter("stack_update_complete").wait(
        StackName=stack, WaiterConfig={"Delay": 5, "MaxAttempts": 120})


if __name__ == "__main__":
    stack, *changes = sys.argv[1:] or sys.exit(__doc__)
    changes = dict(change.split("=", 1) for change in changes)
    try:
        switch(boto3.client("cloudformation"), stack, changes)
    except (BotoCoreError, ClientError) as failed:
        sys.exit(f"{stack} was not changed, as far as can be seen from here: {failed}")
    print(f"{stack}: {', '.join(f'{name} is {value!r}' for name, value in changes.items())}")
