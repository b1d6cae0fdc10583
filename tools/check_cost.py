"""Tries `cost.py` on numbers small enough to reckon by hand."""

from cost import AT_REST, FIGURES, PROJECT, TICKS, main, move, rest, stack, table

ASSUMED = {"core_mb": 2000, "call_ms": 10, "connection_ms": 100, "secrets_a_start": 2, "asset_requests": 3,
           "traffic_mb": 2, "log_kb": 1, "log_months": 3, "metrics": 5, "tables_gb": 0.5}
NOTHING = {"calls": 0, "reads": 0, "writes": 0, "mails": 0}
FIGURES_BY_HAND = {
    "functions": {"start": {"init_ms": 4, "connections": 0}, "give": {"init_ms": 50, "connections": 1},
                  "sweep": {"init_ms": 9, "connections": 9}},
    "pages": [
        {**NOTHING, "page": "GET /", "function": "start", "times": 1, "ms": 1},
        {"page": "POST /gi", "function": "give", "times": 2, "ms": 5, "calls": 3, "reads": 1.5, "writes": 4, "mails": 1},
        {**NOTHING, "page": AT_REST, "function": "sweep", "times": 1, "ms": 2, "calls": 1, "reads": 1},
        {**NOTHING, "page": "GET /ny", "function": "new", "times": 0, "ms": 9},
    ],
}
STACK = {"memory": 1024, "alarm_metrics": 7, "secrets": 4, "keys": 1, "dashboards": 1}


def near(used, expected):
    for name in used.keys() | expected.keys():
        assert abs(used.get(name, 0) - expected.get(name, 0)) < 1e-9, f"{name}: {used.get(name)}, not {expected.get(name)}"


def one_move():
    """2000 MB is a core and 1000 MB half of one: 1 ms of work takes 2. The tick is not in it."""
    near(move(FIGURES_BY_HAND, 1000, ASSUMED), {
        "lambda_request": 1 + 2 + 3, "gateway_request": 1 + 2 + 3,
        # four of `start` 2 ms, two of `give` 10 ms and 3 calls; starts of 4 ms, and of 50 ms and a connection
        "lambda_gb_second": 1000 / 1024 * (4 * 0.002 + 2 * 0.040 + 0.004 + 0.150),
        "read_unit": 3, "write_unit": 8, "mail": 2, "secret_request": 2, "key_request": 2,
        "traffic_gb": 0.002, "log_gb": 6e-6, "log_gb_month": 18e-6,
    })


def one_month():
    assert TICKS == 43_800
    near(rest(FIGURES_BY_HAND, {**STACK, "memory": 1024}, {**ASSUMED, "core_mb": 2048}), {
        "lambda_request": 43_800, "lambda_gb_second": 43_800 * 0.014, "read_unit": 43_800,  # 4 ms and a call
        "log_gb": 0.0438, "log_gb_month": 0.1314, "secret_month": 4, "key_month": 1, "dashboard_month": 1,
        "alarm_metric_month": 7, "metric_month": 5, "zone_month": 1, "table_gb_month": 0.5, "backup_gb_month": 0.5,
    })


def a_sum():
    prices = {"mail": 0.25, "secret_month": 0.5}
    lines = list(table("Ten", {"mail": 2, "secret_month": 3, **dict.fromkeys(EVERYTHING - prices.keys(), 0)}, prices, 10))
    assert lines[1:] == ["| SES: mails | 20 | 5.0000 |", "| Secrets Manager: secrets | 30 | 15.0000 |", "| **together** | | **20.00** |"], lines


if __name__ == "__main__":
    from cost import NAMES
    EVERYTHING = NAMES.keys()
    one_move()
    one_month()
    a_sum()
    have = stack()
    assert have["secrets"] == 4 and have["keys"] == 1 and have["alarm_metrics"] >= 22, have
    main(FIGURES)
