"""Looks over the AWS commands in the runbooks: is there such an operation, does it have these options?

Nobody has an operator's hour to lose for an option that was never there. Asks the models that the AWS
command line itself is made of. Never talks to AWS.
"""

import re
import sys

from botocore import xform_name
from botocore.exceptions import UnknownServiceError
from botocore.session import Session

from translate import PROJECT

# What every command takes.
COMMON = {"cli-binary-format", "output", "query", "region"}
# Commands that the command line has of its own, as no operation of the service.
OWN = {("logs", "tail"): {"since", "follow"}, ("s3", "sync"): {"delete"}}
# What the command line calls by another name than the models do.
MODELS = {"s3api": "s3"}


def commands(text):
    """Each AWS command, its lines joined, with what stands inside `$(…)` told as a command of its own."""
    text = text.replace("\\\n", " ")
    blocks = re.findall(r"(?m)^ {4,}(.*)$", text) + re.findall(r"`(aws [^`]+)`", text)
    for line in blocks:
        for start in re.finditer(r"(?<![\w$.-])aws (?=[a-z])", line):
            yield outside(line[start.start():])


def outside(line):
    """Up to where the command ends, without what is inside it but another one's."""
    kept, depth = [], 0
    for char in line:
        depth += {"(": 1, ")": -1}.get(char, 0)
        if depth < 0:
            break
        kept.append(char if depth == 0 else "" if char == ")" else "x" if kept[-1:] == ["$"] else char)
    return "".join(kept)


def options(words):
    return {word[2:].split("=")[0] for word in words if word.startswith("--")}


def findings(command, session):
    quoted = re.sub(r"'[^']*'|\"[^\"]*\"", "x", command)
    _, service, operation, *rest = re.split(r" [|;] |; ", quoted)[0].split()
    given = options(rest) - COMMON
    if (service, operation) in OWN:
        yield from (f"no option --{name}" for name in given - OWN[service, operation])
        return
    try:
        model = session.get_service_model(MODELS.get(service, service))
    except UnknownServiceError:
        yield f"no service {service}"
        return
    if operation == "wait":
        waiters = {xform_name(name, "-"): name for name in session.get_waiter_model(service).waiter_names}
        if rest[0] not in waiters:
            yield f"nothing to wait for as {rest[0]}"
            return
        operation = xform_name(session.get_waiter_model(service).get_waiter(waiters[rest[0]]).operation, "-")
    operations = {xform_name(name, "-"): name for name in model.operation_names}
    if operation not in operations:
        yield f"no operation {operation}"
        return
    members = model.operation_model(operations[operation]).input_shape.members
    known = {xform_name(name, "-"): shape for name, shape in members.items()}
    known |= {f"no-{name}": shape for name, shape in known.items() if shape.type_name == "boolean"}
    yield from (f"no option --{name}" for name in given - known.keys())
    required = {xform_name(name, "-") for name in model.operation_model(operations[operation]).input_shape.required_members}
    required = {name for name in required if not {name, f"no-{name}"} & given}
    yield from (f"--{name} is missing" for name in required)


if __name__ == "__main__":
    session, seen, wrong = Session(), 0, []
    for page in sorted((PROJECT / "docs/runbooks").rglob("*.md")):
        for command in commands(page.read_text(encoding="utf-8")):
            seen += 1
            wrong += [f"{page.relative_to(PROJECT)}: {told}: {command.strip()}" for told in findings(command, session)]
    if seen < 40:
        wrong.append(f"only {seen} commands were seen")
    print("\n".join(wrong) or f"{seen} commands of the runbooks are AWS's")
    sys.exit(bool(wrong))
