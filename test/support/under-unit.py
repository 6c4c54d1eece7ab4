"""Runs a command under the system call filter of a unit: UNIT COMMAND…

What SystemCallFilter= and RestrictAddressFamilies= say, with what systemd means by the names of groups."""
import errno
import os
import socket
import subprocess
import sys

import seccomp

unit, *command = sys.argv[1:]
lines = [line.strip() for line in open(unit)]


def values(key):
    return [line.split("=", 1)[1] for line in lines if line.startswith(key + "=")]


def calls(names):
    for name in names:
        if name.startswith("@"):
            shown = subprocess.run(
                ["systemd-analyze", "syscall-filter", name], check=True, capture_output=True, text=True
            ).stdout
            inner = [line.strip() for line in shown.splitlines()[1:]]
            yield from calls(one for one in inner if one and not one.startswith("#"))
        else:
            yield name


allowed = set()
for value in values("SystemCallFilter"):
    names = set(calls(value.lstrip("~").split()))
    allowed = allowed - names if value.startswith("~") else allowed | names

program = seccomp.SyscallFilter(seccomp.ERRNO(errno.EPERM))
for name in sorted(allowed - {"socket"}):
    try:
        program.add_rule(seccomp.ALLOW, name)
    except (RuntimeError, ValueError):
        pass  # Another architecture's.
for family in " ".join(values("RestrictAddressFamilies")).split():
    program.add_rule(seccomp.ALLOW, "socket", seccomp.Arg(0, seccomp.EQ, int(getattr(socket, family))))
program.load()
os.execvp(command[0], command)
