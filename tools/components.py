"""What a function is made of, and under which licences.

`components.py check` refuses a licence that is not in the list below. `components.py write ARCH FOLDER` writes
`sbom.cdx.json` (CycloneDX 1.6) and `licences.txt` there. Asks Cargo and the lock files; talks to nobody, and
says the same each time of the same source.
"""

import json
import os
import re
import subprocess
import sys
import uuid
from datetime import datetime, timezone
from pathlib import Path

import tomlkit  # SAM brings it; Python has its own from 3.11 on

PROJECT = Path(__file__).parent.parent
TARGETS = {"arm64": "aarch64-unknown-linux-gnu", "x86-64": "x86_64-unknown-linux-gnu"}

# What asks for no more than to be named. A component may offer others beside; one of these is enough.
ALLOWED = {
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0", "CC0-1.0", "ISC", "MIT", "MIT-0",
    "OFL-1.1",  # the font
    "CDLA-Permissive-2.0",  # the list of public root certificates: data
    "Unicode-3.0", "Unlicense", "Zlib",
}
# Of the npm packages that the style sheet is built with, those that leave something in it.
IN_THE_STYLE_SHEET = ("@digdir/designsystemet-css", "@digdir/designsystemet-theme", "@fontsource-variable/inter")


def cargo(*arguments):
    command = ["cargo", *arguments, "--locked"]
    return subprocess.run(command, cwd=PROJECT, check=True, stdout=subprocess.PIPE, text=True).stdout


def crates(target):
    """The crates whose code is in a function: no macros, nothing of tests or build scripts."""
    tree = cargo("tree", "--package", "kontobro", "--edges", "normal,no-proc-macro", "--target", target,
                 "--prefix", "none", "--no-dedupe", "--format", "{p}")
    inside = {tuple(line.split(" (")[0].split(" v")) for line in tree.splitlines()}
    metadata = json.loads(cargo("metadata", "--format-version", "1", "--filter-platform", target))
    locked = tomlkit.loads((PROJECT / "Cargo.lock").read_text(encoding="utf-8"))["package"]
    sums = {(package["name"], package["version"]): package.get("checksum") for package in locked}
    packages = {package["id"]: package for package in metadata["packages"]}
    needs = {node["id"]: node["deps"] for node in metadata["resolve"]["nodes"]}
    for id, package in sorted(packages.items()):
        key = (package["name"], package["version"])
        if key in inside:
            yield {
                "purl": purl(package), "name": key[0], "version": key[1], "sha256": sums.get(key),
                "licence": (package["license"] or "").replace("/", " OR "),
                "needs": sorted(purl(packages[need["pkg"]]) for need in needs[id] if is_inside(need, packages, inside)),
            }


def is_inside(need, packages, inside):
    package = packages[need["pkg"]]
    return (package["name"], package["version"]) in inside and any(kind["kind"] is None for kind in need["dep_kinds"])


def purl(package):
    return f"pkg:cargo/{package['name']}@{package['version']}"


def style_sheet():
    """What the pages look like comes from npm, and is part of `start`."""
    locked = json.loads((PROJECT / "web/package-lock.json").read_text(encoding="utf-8"))["packages"]
    for name in IN_THE_STYLE_SHEET:
        if package := locked.get(f"node_modules/{name}"):
            yield {"purl": f"pkg:npm/{name.replace('@', '%40')}@{package['version']}", "name": name,
                   "version": package["version"], "licence": package["license"], "sha256": None, "needs": []}


def rust():
    """The standard library, whose code is in every binary."""
    version = subprocess.run([os.environ.get("RUSTC", "rustc"), "--version"], check=True, stdout=subprocess.PIPE,
                             text=True).stdout.split()[1]
    return {"purl": f"pkg:generic/rust-std@{version}", "name": "rust-std", "version": version,
            "licence": "MIT OR Apache-2.0", "sha256": None, "needs": []}


def components(target):
    return [*crates(target), *style_sheet(), rust()]


def is_allowed(expression):
    """Whether an SPDX expression can be met by what is allowed: AND before OR, as SPDX reads it."""
    tokens = re.findall(r"[()]|[^\s()]+", expression)

    def any_of():
        met = all_of()
        while tokens[:1] == ["OR"]:
            tokens.pop(0)
            met = all_of() or met
        return met

    def all_of():
        met = one()
        while tokens[:1] == ["AND"]:
            tokens.pop(0)
            met = one() and met
        return met

    def one():
        token = tokens.pop(0)
        if token == "(":
            met = any_of()
            tokens.pop(0)
            return met
        if tokens[:1] == ["WITH"]:  # an exception only ever allows more
            del tokens[:2]
        return token in ALLOWED

    try:
        return any_of() and not tokens
    except IndexError:
        return False


def check():
    for expression, expected in {
        "MIT": True, "GPL-3.0-only": False, "": False, "MIT OR GPL-3.0-only": True, "MIT AND GPL-3.0-only": False,
        "GPL-3.0-only OR MIT AND ISC": True, "(MIT OR ISC) AND GPL-3.0-only": False, "Apache-2.0 WITH LLVM-exception": True,
        "(MIT": False, "MIT ISC": False,
    }.items():
        assert is_allowed(expression) == expected, f"{expression!r} is read wrongly"
    found = {part["purl"]: part["licence"] for target in TARGETS.values() for part in components(target)}
    wrong = [f"{purl} is under {licence or 'no licence that it tells'}" for purl, licence in found.items() if not is_allowed(licence)]
    if len(found) < 100:
        wrong.append(f"only {len(found)} components were seen")
    print("\n".join(wrong) or f"{len(found)} components, each under a licence that is allowed")
    sys.exit(bool(wrong))


def write(arch, folder):
    parts = components(TARGETS[arch])
    lines = sorted(f"{part['name']} {part['version']}: {part['licence']}" for part in parts)
    (folder / "licences.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    bom = {
        "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, arch + json.dumps(parts))}",
        "metadata": {
            "timestamp": datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), timezone.utc).isoformat(),
            "component": cyclone(next(part for part in parts if part["name"] == "kontobro"), "application"),
        },
        "components": [cyclone(part, "library") for part in parts if part["name"] != "kontobro"],
        "dependencies": [{"ref": part["purl"], "dependsOn": part["needs"]} for part in parts],
    }
    (folder / "sbom.cdx.json").write_text(json.dumps(bom, indent=1) + "\n", encoding="utf-8")


def cyclone(part, kind):
    told = {"type": kind, "bom-ref": part["purl"], "name": part["name"], "version": part["version"],
            "licenses": [{"expression": part["licence"]}], "purl": part["purl"]}
    return told | ({"hashes": [{"alg": "SHA-256", "content": part["sha256"]}]} if part["sha256"] else {})


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["check"]:
            check()
        case ["write", arch, folder] if arch in TARGETS:
            write(arch, Path(folder))
        case _:
            sys.exit(__doc__)
