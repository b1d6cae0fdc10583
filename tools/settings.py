"""Makes the file with the settings of a stack: `settings.py STACK`, printed, for `stacks/STACK.toml`.

Every parameter of the template is in it, explained by its own description, but for the switches: these are changed
by `switch.py` alone, in the running stack, and no deployment may bring an old one back.
Talks to nobody.
"""

import os
import sys
import textwrap

from translate import read

SWITCHES = {"Closed", "Reopens", "NotBefore", "RestoredAccounts", "RestoredStream"}

HEAD = """\
# Settings of the stack {stack}, for `make deploy STACK={stack}`. No secret is in here: keep this file under version
# control, with the date and the reason of each change.
#
# The switches ({switches})
# are not here. They are changed in the running stack with `switch`, and a deployment leaves them as they are.
version = 0.1

[default.deploy.parameters]
stack_name = "{stack}"
region = "{region}"
capabilities = "CAPABILITY_IAM CAPABILITY_AUTO_EXPAND"  # a role for each function; nested stacks
confirm_changeset = true  # what will change is shown first, and a person says yes
fail_on_empty_changeset = false
resolve_s3 = true  # a private bucket that SAM makes for what it uploads
tags = "service=kontobro"  # on everything, in nested stacks too: what a bill is sorted by

# A line with nothing between its quotes takes what the explanation above it says, and must be filled in where that
# says nothing of leaving it out.
parameter_overrides = [
"""


def explained(name, parameter):
    """The lines of one setting: what it is, and its value so far."""
    value = parameter.get("Default", "")
    about = parameter["Description"]
    if choices := parameter.get("AllowedValues"):
        about = f"{about.rstrip('.')}. One of {', '.join(map(str, choices))}."
    comment = textwrap.fill(about, 110, initial_indent="    # ", subsequent_indent="    # ", break_on_hyphens=False)
    return f"{comment}\n    '{name}=\"{value}\"',\n"


def settings(stack, region, template):
    """The whole file."""
    yield HEAD.format(stack=stack, region=region, switches=", ".join(sorted(SWITCHES)))
    for group in template["Metadata"]["AWS::CloudFormation::Interface"]["ParameterGroups"]:
        names = [name for name in group["Parameters"] if name not in SWITCHES]
        if names:
            yield f"\n    # --- {group['Label']['default']} ---\n\n"
        yield from (explained(name, template["Parameters"][name]) for name in names)
    yield "]\n"


if __name__ == "__main__":
    [stack] = sys.argv[1:] or sys.exit(__doc__)
    region = os.environ.get("AWS_REGION") or sys.exit("Set AWS_REGION to the region that the stack is to live in.")
    sys.stdout.writelines(settings(stack, region, read("template.yaml")))
