"""Makes Kontobro's keys: `keys.py all`, or `keys.py NAME` for one of cookie, link, pid, client.

`all` makes the first set. For one name, `--from` is the set that is in use, as Secrets Manager gives it, and
`--step` says what becomes of it: `add` a key that is accepted, `use` it, `drop` the one before, or, after a
leak, `replace` everything by a key that nobody knows. The client key is always made alone.

Writes into a new folder that only its owner can read, prints what to do with it, and never a secret. Talks
to nobody: the commands that it prints are the operator's to run.
"""

import argparse
import base64
import json
import os
import secrets
import shlex
import sys
from datetime import date, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

NAMES = ("cookie", "link", "pid")
HIGHEST = 255  # a link has one byte for the version of its key
YEAR = timedelta(days=365)  # the longest that ID-porten keeps a key


def key(version):
    return {"version": version, "secret": base64.b64encode(secrets.token_bytes(32)).decode()}


def client(kid, until):
    """The secret, and the public half as ID-porten wants it."""
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    der = private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    public = private.public_key().public_numbers()
    secret = {"kid": kid, "pkcs8": base64.b64encode(der).decode(), "registered_until": until.isoformat()}
    jwk = {"kty": "RSA", "use": "sig", "alg": "RS256", "kid": kid, "e": number(public.e), "n": number(public.n)}
    return secret, jwk


def number(value):
    octets = value.to_bytes((value.bit_length() + 7) // 8, "big")
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


def changed(name, keys, step):
    """The set after this step; the first key is the one in use."""
    newest = max(key["version"] for key in keys)
    match step, len(keys):
        # Not `pid`: nobody would be known by their account any more.
        case "replace", _ if newest < HIGHEST and name != "pid":
            return [key(newest + 1)]
        case "add", 1 if newest < HIGHEST:
            return [*keys, key(newest + 1)]
        case "use", 2 if keys[1]["version"] == newest:
            return keys[::-1]
        case "drop", 2 if keys[0]["version"] == newest:
            return keys[:1]
    order = ", ".join(str(key["version"]) for key in keys)
    sys.exit(f"{step} does not fit the set [{order}] of {name}: docs/runbooks/keys.md says what comes after what")


def read(file):
    try:
        keys = json.loads(Path(file).read_text(encoding="utf-8"))["keys"]
        if not keys or any(type(key["version"]) is not int or not key["secret"] for key in keys):
            raise ValueError
    except (OSError, ValueError, KeyError, TypeError):
        sys.exit(f"{file} is no set of keys")  # not why: the reason could repeat what is in it
    return keys


def write(folder, sets):
    """Never over what is there: a key that is overwritten is lost, and with `pid` whose account is whose."""
    os.umask(0o077)
    try:
        folder.mkdir(parents=True)
    except FileExistsError:
        sys.exit(f"{folder} is there already. Write its keys and shred them, or name another FOLDER.")
    for name, keys in sets.items():
        (folder / f"{name}.json").write_text(json.dumps({"keys": keys}), encoding="utf-8")


def told(folder, stack, names, jwk, source):
    if jwk:
        yield "Register this public key with ID-porten (docs/runbooks/idporten.md, step 3):\n"
        yield f"    {json.dumps(jwk)}\n"
    if "pid" in names:
        yield f"Keep a copy of {folder / 'pid.json'} where it survives this AWS account: nothing can bring it back.\n"
    yield "Then write what was made, and shred it:\n"
    for name in names:
        file = shlex.quote(str(folder / f"{name}.json"))
        yield f"    aws secretsmanager put-secret-value --secret-id {stack}/{name} --secret-string file://{file} && shred -u {file}"
    yield f"    rmdir {shlex.quote(str(folder))}"
    if source:
        yield f"    shred -u {shlex.quote(source)}"


def day(text):
    until = date.fromisoformat(text)
    if not date.today() < until <= date.today() + YEAR:
        raise argparse.ArgumentTypeError(f"{text} is not within the next year, which is as long as ID-porten keeps a key")
    return until


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", choices=("all", *NAMES, "client"))
    parser.add_argument("--folder", type=Path, default=Path(".keys"))
    parser.add_argument("--stack", default="kontobro")
    parser.add_argument("--kid", help="the client key's name at ID-porten; the stack's and today's if left out")
    parser.add_argument("--until", type=day, default=date.today() + YEAR - timedelta(days=1),
                        help="the day on which ID-porten forgets the client key")
    parser.add_argument("--from", dest="source", help="the set in use, for one of cookie, link and pid")
    parser.add_argument("--step", choices=("add", "use", "drop", "replace"), default="add")
    given = parser.parse_args()
    if (given.name in NAMES) != bool(given.source):
        parser.error("--from goes with one of cookie, link and pid, and they with it")
    return given


def main():
    given = arguments()
    names = [*NAMES, "client"] if given.name == "all" else [given.name]
    sets, jwk = {}, None
    for name in names:
        if name == "client":
            secret, jwk = client(given.kid or f"{given.stack}-{date.today()}", given.until)
            sets[name] = [secret]
        else:
            sets[name] = changed(name, read(given.source), given.step) if given.source else [key(1)]
    write(given.folder, sets)
    print("\n".join(told(given.folder, given.stack, names, jwk, given.source)))


if __name__ == "__main__":
    main()
