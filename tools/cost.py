"""What AWS takes: `cost.py [FIGURES]`, for 1,000 moves and for a month in which nobody comes.

From what `make bench` has measured, the template (memory, alarms, secrets), and `prices.toml`. Every function is
taken to be cold once in each move, which is more than a busy day costs. Prints Markdown; talks to nobody.
"""

import json
import sys
from collections import Counter
from pathlib import Path

import tomlkit

from translate import PROJECT, read

FIGURES = PROJECT / "tools/figures-2026-11-28.json"
NAMES = {"lambda_request": "Lambda: requests", "lambda_gb_second": "Lambda: GB seconds", "gateway_request": "HTTP API: requests",
         "read_unit": "DynamoDB: read units", "write_unit": "DynamoDB: write units", "table_gb_month": "DynamoDB: GB kept",
         "backup_gb_month": "DynamoDB: GB recoverable", "mail": "SES: mails", "secret_month": "Secrets Manager: secrets",
         "secret_request": "Secrets Manager: requests", "key_month": "KMS: keys", "key_request": "KMS: requests",
         "log_gb": "Logs: GB taken in", "log_gb_month": "Logs: GB months kept", "alarm_metric_month": "Alarms: metrics watched",
         "metric_month": "Numbers of our own", "dashboard_month": "Dashboard", "zone_month": "Route 53: zone",
         "traffic_gb": "Traffic: GB out"}
TICKS = 60 * 730  # a month has 730 hours
AT_REST = "every minute, nothing to do"


def seconds(step, memory, assumed):
    """Billed for one event: its work at the share of a core that the memory buys, and its waits."""
    return (step["ms"] * max(1, assumed["core_mb"] / memory) + step["calls"] * assumed["call_ms"]) / 1000


def starting(function, assumed):
    """Billed for one start, which has a whole core."""
    return (function["init_ms"] + function["connections"] * assumed["connection_ms"]) / 1000


def events(steps, memory, assumed):
    """Units of these events, each as often as it says, by the name of their price."""
    used = Counter()
    for step in steps:
        times = step["times"]
        used["lambda_request"] += times
        used["lambda_gb_second"] += times * memory / 1024 * seconds(step, memory, assumed)
        used["gateway_request"] += times * step["page"].startswith(("GET ", "POST "))
        used["read_unit"] += times * step["reads"]
        used["write_unit"] += times * step["writes"]
        used["mail"] += times * step["mails"]
        used["log_gb"] += times * assumed["log_kb"] / 1e6
    return used


def move(figures, memory, assumed):
    """Units of one completed move."""
    steps = [step for step in figures["pages"] if step["page"] != AT_REST]
    asset = {**next(step for step in steps if step["page"] == "GET /"), "times": assumed["asset_requests"]}
    used = events([*steps, asset], memory, assumed)
    for name in {step["function"] for step in steps if step["times"]}:
        used["lambda_gb_second"] += memory / 1024 * starting(figures["functions"][name], assumed)
        if figures["functions"][name]["connections"]:  # whoever has none reads no secret
            used["secret_request"] += assumed["secrets_a_start"]
            used["key_request"] += assumed["secrets_a_start"]
    used["traffic_gb"] = assumed["traffic_mb"] / 1e3
    used["log_gb_month"] = used["log_gb"] * assumed["log_months"]
    return used


def rest(figures, stack, assumed):
    """Units of a month in which only the sweeper runs. Beside each move, not in it."""
    tick = next(step for step in figures["pages"] if step["page"] == AT_REST)
    used = events([{**tick, "times": TICKS}], stack["memory"], assumed)
    used["log_gb_month"] = used["log_gb"] * assumed["log_months"]
    used.update({"secret_month": stack["secrets"], "key_month": stack["keys"], "dashboard_month": stack["dashboards"],
                 "alarm_metric_month": stack["alarm_metrics"], "metric_month": assumed["metrics"], "zone_month": 1,
                 "table_gb_month": assumed["tables_gb"], "backup_gb_month": assumed["tables_gb"]})
    return used


def stack():
    """What the templates have of each, and the memory of a function."""
    resources = [resource for file in sorted((PROJECT / "infra").glob("*.yaml")) for resource in read(file)["Resources"].values()]
    kinds = Counter(resource["Type"] for resource in resources)
    alarms = [resource["Properties"] for resource in resources if resource["Type"] == "AWS::CloudWatch::Alarm"]
    metrics = sum(sum("MetricStat" in metric for metric in alarm.get("Metrics", [])) or 1 for alarm in alarms)
    return {"memory": read("template.yaml")["Globals"]["Function"]["MemorySize"], "alarm_metrics": metrics,
            "secrets": kinds["AWS::SecretsManager::Secret"], "keys": kinds["AWS::KMS::Key"],
            "dashboards": kinds["AWS::CloudWatch::Dashboard"]}


def table(title, used, prices, times=1):
    """Lines of a table, and its sum."""
    costs = {name: used[name] * times * prices[name] for name in NAMES if used[name]}
    yield f"\n| {title} | units | USD |\n|---|--:|--:|"
    yield from (f"| {NAMES[name]} | {used[name] * times:,.3g} | {cost:.4f} |" if used[name] * times < 1000
                else f"| {NAMES[name]} | {used[name] * times:,.0f} | {cost:.4f} |" for name, cost in costs.items())
    yield f"| **together** | | **{sum(costs.values()):.2f}** |"


def main(file):
    figures = json.loads(Path(file).read_text(encoding="utf-8"))
    known = tomlkit.loads((PROJECT / "tools/prices.toml").read_text(encoding="utf-8")).unwrap()
    have = stack()
    print(f"Figures of {figures['date']}; prices for {known['region']} of {known['date']} ({known['source']}),")
    print(f"checked by {known['checked_by']}." if known["checked_by"] else "**checked by nobody yet**.")
    for line in table("1,000 completed moves", move(figures, have["memory"], known["assumed"]), known["price"], 1000):
        print(line)
    for line in table("A month at rest", rest(figures, have, known["assumed"]), known["price"]):
        print(line)


if __name__ == "__main__":
    main(*sys.argv[1:] or [FIGURES])
