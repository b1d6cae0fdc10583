"""Packs what cargo-lambda has built: `package.py ARCH` makes, in target/package/ARCH, a zip of each function,
the list of what is inside (`sbom.cdx.json`, `licences.txt`), and `SHA256SUMS` of all of it.

The same bytes each time of the same binary: no times, no order of a file system's.
"""

import hashlib
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import components

RUNNABLE = 0o100755  # an ordinary file that anyone may run


def pack(binary):
    entry = ZipInfo("bootstrap", date_time=(1980, 1, 1, 0, 0, 0))  # the earliest that a zip can tell
    entry.create_system, entry.external_attr, entry.compress_type = 3, RUNNABLE << 16, ZIP_DEFLATED
    with ZipFile(binary.with_suffix(".zip"), "w") as file:
        file.writestr(entry, binary.read_bytes(), compresslevel=9)


def source():
    """The commit, and whether it is the whole truth."""
    git = ["git", "-C", components.PROJECT]
    commit = subprocess.run([*git, "rev-parse", "HEAD"], stdout=subprocess.PIPE, text=True, check=True).stdout.strip()
    changed = subprocess.run([*git, "diff", "--quiet", "HEAD"], check=False).returncode
    return commit + (" and changes that are not committed" if changed else "")


def main(arch):
    folder = components.PROJECT / "target/package" / arch
    binaries = sorted(folder.glob("*/bootstrap"))
    if not binaries:
        sys.exit(f"{folder} has no function in it")
    for binary in binaries:
        pack(binary)
    components.write(arch, folder)
    made_by = [f"rustc {components.rust()['version']}", *(f"{tool} {version(tool)}" for tool in ("cargo-lambda", "ziglang"))]
    lines = [f"# {arch}, of {source()}", f"# by {', '.join(made_by)}"]
    files = [*binaries, *(binary.with_suffix(".zip") for binary in binaries), *folder.glob("*.*")]
    for file in sorted(files):
        lines.append(f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.relative_to(folder)}")
    sums = folder / "SHA256SUMS"
    sums.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(sums.read_text(encoding="utf-8"), end="")


if __name__ == "__main__":
    main(*sys.argv[1:] or sys.exit(__doc__))
