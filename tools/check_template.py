"""Looks over the templates as CloudFormation will see them: our own promises, the gateway's OpenAPI document,
then checkov's checks.

A promise that nothing in the templates meets, or that the break below does not make fail, is itself a
finding. Never talks to AWS.
"""

import copy
import json
import re
import subprocess
import sys
from json import JSONDecodeError

# Not the wrapper around it, which stumbles over alternatives (`or`) in a report.
from cfn_guard_rs.cfn_guard_rs import run_checks_rs
from openapi_spec_validator import OpenAPIV30SpecValidator

from translate import PROJECT, read, templates

PROMISES = PROJECT / "tools/promises.guard"
TRANSLATED = PROJECT / "target/templates"
CHECKOV = PROJECT / ".tools/checkov/bin/checkov"
GONE = object()

# For each promise one way to break it: template, path, and what stands there instead.
POLICY = "LoginRole.Properties.Policies.0.PolicyDocument.Statement.0"
BREAKS = {
    "t89_no_function_reaches_past_the_boundary": ("template", "LoginRole.Properties.PermissionsBoundary", GONE),
    "t89_a_policy_names_what_it_allows": ("template", f"{POLICY}.Action", "secretsmanager:Get*"),
    "t89_the_boundary_names_what_it_allows": (
        "template", "Boundary.Properties.PolicyDocument.Statement.0.Resource", "*"),
    "t89_mail_goes_out_in_our_name_alone": (
        "template", "ProfileRole.Properties.Policies.0.PolicyDocument.Statement.2.Condition", GONE),
    "t81_citizens_come_by_our_own_address_alone": (
        "template", "Web.Properties.Body.servers.0.x-amazon-apigateway-endpoint-configuration", GONE),
    "no_function_has_an_address_of_its_own": ("template", "Start.Type", "AWS::Lambda::Url"),
    "a_function_is_called_by_our_own_gateway_and_rules_alone": (
        "template", "LoginBeginPermission.Properties.SourceArn", GONE),
    "a_queue_or_topic_takes_from_named_services_alone": (
        "template", "FailedEventsPolicy.Properties.PolicyDocument.Statement.0.Principal", {"AWS": "*"}),
    "the_address_speaks_tls_12_or_newer": (
        "address", "Host.Properties.DomainNameConfigurations.0.SecurityPolicy", "TLS_1_0"),
    "tables_are_encrypted_and_kept_or_swept": ("tables", "PendingTable.Properties.TimeToLiveSpecification", GONE),
    "t68_what_is_kept_outlives_a_mistake": ("tables", "AccountsTable.DeletionPolicy", "Delete"),
    "t86_secrets_are_filled_by_hand_and_outlive_the_stack": ("keys", "Pid.Properties.SecretString", "hush"),
    "the_key_of_the_secrets_is_renewed_and_hard_to_lose": ("keys", "MasterKey.Properties.EnableKeyRotation", False),
    "t97_nobody_changes_the_second_copy_of_the_trail": (
        "trail", "TrailPolicy.Properties.PolicyDocument.Statement.0.Action", "s3:DeleteObject"),
    "t97_nothing_but_audit_entries_leaves_the_table": (
        "trail", "Pipe.Properties.SourceParameters.FilterCriteria.Filters.0.Pattern", "{}"),
    "queues_are_encrypted_and_end": ("template", "FailedEvents.Properties.SqsManagedSseEnabled", GONE),
    "t96_every_log_has_an_end": ("template", "AccessLogs.Properties.RetentionInDays", GONE),
    "t96_functions_log_json_where_it_ends": ("template", "Start.Properties.LoggingConfig", GONE),
    "t48_the_access_log_has_neither_path_nor_query_nor_cookie": (
        "template", "WebApiGatewayDefaultStage.Properties.AccessLogSettings.Format",
        '{"route":"$context.routeKey","path":"$context.path"}'),
    "functions_are_what_we_measured": ("template", "Profile.Properties.Architectures", ["x86_64"]),
    "t83_the_gateway_throttles": (
        "template", "WebApiGatewayDefaultStage.Properties.RouteSettings.POST /utlogging/bak", GONE),
    "t83_room_can_be_kept_for_login_and_logout": ("template", "Logout.Properties.ReservedConcurrentExecutions", GONE),
    "t87_no_event_is_lost": ("template", "MailFeedbackReported.Properties.Targets.0.DeadLetterConfig", GONE),
    "t48_no_link_is_rewritten_by_tracking": (
        "mail", "MailEvents.Properties.EventDestination.MatchingEventTypes.0", "click"),
    "t76_mail_is_signed_aligned_and_encrypted": ("mail", "SendingRules.Properties.DeliveryOptions", GONE),
    "an_alarm_reaches_people_and_says_what_to_do": ("alarms", "PagesFail.Properties.AlarmActions", GONE),
    "what_can_be_tagged_is_tagged": ("alarms", "Topic.Properties.Tags", GONE),
}


def plain(value):
    """Intrinsic functions as `Fn::Sub` writes them, so that a rule compares text."""
    if isinstance(value, list):
        return [plain(item) for item in value]
    if not isinstance(value, dict):
        return value
    if len(value) == 1:
        [(function, argument)] = value.items()
        match function:
            case "Ref":
                return f"${{{argument}}}"
            case "Fn::GetAtt":
                return "${" + (argument if isinstance(argument, str) else ".".join(argument)) + "}"
            case "Fn::Sub":
                return argument if isinstance(argument, str) else argument[0]
    return {name: plain(item) for name, item in value.items()}


def promises():
    """Each rule by its name."""
    _, *rules = re.split(r"(?m)^(?=rule )", PROMISES.read_text(encoding="utf-8"))
    return {rule.split()[1]: rule for rule in rules}


def places(template, rule):
    """Where a template breaks a rule. None if it has nothing that the rule is about."""
    report = run_checks_rs(json.dumps(template), rule, False)
    try:
        status = json.loads(report)["status"]
    except JSONDecodeError:  # of a long report the library keeps the end only
        status = "FAIL"
    if status == "FAIL":
        return sorted(set(re.findall(r"Path=(/[^\[\]]+)", report))) or ["/"]
    return None if status == "SKIP" else []


def with_break(template, path, instead):
    template = copy.deepcopy(template)
    *way, last = ["Resources", *path.split(".")]
    place = template
    for name in way:
        place = place[int(name) if isinstance(place, list) else name]
    last = int(last) if isinstance(place, list) else last
    if instead is GONE:
        del place[last]
    else:
        place[last] = instead
    return template


def broken_promises(translated):
    translated = {name: plain(template) for name, template in translated.items()}
    rules = promises()
    if rules.keys() != BREAKS.keys():
        yield f"promises without a break, or breaks without a promise: {rules.keys() ^ BREAKS.keys()}"
    for name, rule in rules.items():
        told = {template: places(text, rule) for template, text in translated.items()}
        if all(where is None for where in told.values()):
            yield f"{name}: nothing in the templates is about it"
        for template, where in told.items():
            yield from (f"{name}: {template}{place}" for place in where or [])
        template, path, instead = BREAKS[name]
        if not places(with_break(translated[template], path, instead), rule):
            yield f"{name}: holds even when {template}/{path} is broken"


def gateway_warnings(body):
    """What API Gateway would warn of in the document that it imports. As `FailOnWarnings` is set, each warning
    stops a deployment.

    SAM writes an empty `responses` for every method. OpenAPI wants one in it, and the gateway does not care.
    """
    for error in OpenAPIV30SpecValidator(plain(body)).iter_errors():
        if error.absolute_path[-1] != "responses" or error.instance:
            yield f"the gateway's OpenAPI document: {'/'.join(map(str, error.absolute_path))}: {error.message}"


def gateway_findings(translated):
    """The document's faults. If it has none, those that once stopped a deployment are made, to see that each is found."""
    body = translated["template"]["Resources"]["Web"]["Properties"]["Body"]
    if warnings := list(gateway_warnings(body)):
        yield from warnings
        return
    for name in ("servers.0.url", "paths./assets/{file}.get.parameters.0.schema"):
        broken = with_break({"Resources": body}, name, GONE)["Resources"]
        if not list(gateway_warnings(broken)):
            yield f"the gateway's OpenAPI document: nobody notices that {name} is missing"


def checkov(translated):
    """Zero findings, but for those with a reason beside the resource or, for all functions, on top."""
    TRANSLATED.mkdir(parents=True, exist_ok=True)
    for name, template in translated.items():
        (TRANSLATED / f"{name}.json").write_text(json.dumps(template, indent=1), encoding="utf-8")
    skipped = [skip["id"] for skip in read("template.yaml")["Metadata"]["checkov"]["skip"]]
    # By a relative path: of a long absolute one checkov thinks that it holds secrets.
    command = [CHECKOV, "--directory", TRANSLATED.relative_to(PROJECT), "--framework", "cloudformation", "--skip-download",
               "--quiet", "--output", "json", "--skip-check", ",".join(skipped)]
    run = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    try:
        report = json.loads(run.stdout)
    except JSONDecodeError:
        yield f"checkov did not run: {run.stderr or run.stdout}"
        return
    summary, results = report["summary"], report["results"]
    if summary["passed"] < 100 or summary["parsing_errors"]:
        yield f"checkov did not see all of the templates: {summary}"
    for check in results["failed_checks"]:
        yield f"{check['check_id']} {check['check_name']}: {check['file_path']} {check['resource']}"


if __name__ == "__main__":
    translated = templates()
    findings = [*broken_promises(translated), *gateway_findings(translated), *checkov(translated)]
    print("\n".join(findings) or f"{len(BREAKS)} promises hold, the gateway has nothing to warn of, and checkov nothing to add")
    sys.exit(bool(findings))
