"""Deploys what `sam build` has built, with the settings of one stack: `deploy.py STACK [--check]`.

Refuses a settings file that is not whole, before AWS is asked for anything; `--check` does nothing else. If the very first deployment of a stack
fails, what it made is kept, so that the cause can be seen; a later one that fails is rolled back.
Takes AWS credentials as the AWS command line does.
"""

import re
import subprocess
import sys

import boto3
import tomlkit
from botocore.exceptions import ClientError

from settings import SWITCHES
from translate import PROJECT, read


def given(file):
    """What `sam deploy` is told by the file."""
    return tomlkit.loads(file.read_text(encoding="utf-8")).unwrap()["default"]["deploy"]["parameters"]


def faults(stack, told, template):
    """What is wrong with the settings, a line each."""
    if told.get("stack_name") != stack:
        yield f"stack_name is {told.get('stack_name')!r}, not {stack!r}"
    values = dict(re.fullmatch(r'(\w+)="?(.*?)"?', line).groups() for line in told["parameter_overrides"])
    known = template["Parameters"]
    yield from (f"{name} is a switch: change it with `switch`, and take it out here" for name in values if name in SWITCHES)
    yield from (f"there is no setting {name}" for name in values if name not in known)
    for name, parameter in known.items():
        if name in SWITCHES:
            continue
        if name not in values:
            yield f"{name} is missing"
        elif not values[name] and "Default" not in parameter:
            yield f"{name} is empty. It is: {parameter['Description']}"
        elif "AllowedPattern" in parameter and not re.fullmatch(parameter["AllowedPattern"], values[name]):
            yield f"{name} is {values[name]!r}. It must be {parameter['ConstraintDescription']}"


def is_there(cloudformation, stack):
    """Has the stack been made before, as a whole?"""
    try:
        [found] = cloudformation.describe_stacks(StackName=stack)["Stacks"]
    except ClientError as error:
        if "does not exist" in str(error):
            return False
        raise
    return found["StackStatus"] not in ("CREATE_FAILED", "REVIEW_IN_PROGRESS")


def command(file, keeps_what_it_made):
    """What is run."""
    return ["sam", "deploy", "--config-file", str(file), *["--disable-rollback"] * keeps_what_it_made]


if __name__ == "__main__":
    stack, *only_checks = sys.argv[1:] or sys.exit(__doc__)
    file = PROJECT / "stacks" / f"{stack}.toml"
    if not file.exists():
        sys.exit(f"stacks/{stack}.toml does not exist. `make settings STACK={stack}` makes it, to be filled in.")
    told = given(file)
    if wrong := list(faults(stack, told, read("template.yaml"))):
        sys.exit("\n".join([f"stacks/{stack}.toml cannot be used. Nothing was deployed.", *wrong]))
    if only_checks:
        sys.exit()
    is_first = not is_there(boto3.client("cloudformation", region_name=told["region"]), stack)
    sys.exit(subprocess.run(command(file, is_first), cwd=PROJECT, check=False).returncode)
