#!/bin/sh
# Usage: sh requirements/set_up.sh run|test|browser
#
# Installs the lock of that name into .venv, and the package itself so that edits under src/ count at once.
# Does nothing when that has been done. Each lock contains the one before it.
#
# A stamp in .venv is a copy of what the installation was made from, so a change of the lock, of pyproject.toml, of
# Python or of the folder's place is seen word for word; file times say nothing after a git checkout. A stamp is
# removed before anything is touched and written when all is well, so an interrupted set-up is done again.
set -eu

wanted=$1
venv=.venv
python=${PYTHON:-python3}

stop() {
    echo "$1" >&2
    exit 1
}

has_python() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' 2>/dev/null; }

# The sentence that a person needs when Python is missing, does not fit, or lacks a part that Debian packs apart.
check_python() {
    command -v "$python" >/dev/null ||
        stop "On the Record needs Python 3.11 to 3.14, and there is no $python here; install it with: sudo apt install python3 python3-venv"
    if ! has_python "$python"; then
        found=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || found="not working"
        for other in python3.13 python3.12 python3.14 python3.11; do
            if has_python "$other"; then
                stop "On the Record needs Python 3.11 to 3.14, and $python is $found; use another one with: PYTHON=$other make run"
            fi
        done
        stop "On the Record needs Python 3.11 to 3.14, and $python is $found; get one with: sudo apt install python3.11-venv && PYTHON=python3.11 make run"
    fi
    "$python" -c 'import venv, ensurepip' 2>/dev/null || no_venv
}

no_venv() {
    stop "$python cannot make a virtual environment; install the missing part with: sudo apt install $(basename "$python")-venv"
}

version() { "$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null || echo none; }

lock_state() {
    # A virtual environment works in the folder that it was made in and nowhere else.
    pwd
    version "$venv/bin/python"
    case $1 in
        run) cat requirements/run.txt ;;
        test) cat requirements/run.txt requirements/test.txt ;;
        browser) cat requirements/run.txt requirements/test.txt requirements/browser.txt ;;
    esac
}

installed() {
    [ -f "$venv/$1.stamp" ] && lock_state "$1" | cmp -s - "$venv/$1.stamp"
}

# Written whole or not at all.
stamp() {
    cat >"$venv/stamp.new"
    mv "$venv/stamp.new" "$venv/$1.stamp"
}

pip() {
    "$venv/bin/python" -m pip --quiet --disable-pip-version-check --no-input "$@" ||
        stop "The set-up failed for the reason above; when it is mended, run make again."
}

case $wanted in
    run) larger="test browser" smaller="" ;;
    test) larger="browser" smaller="run" ;;
    browser) larger="" smaller="test run" ;;
    *) stop "usage: sh requirements/set_up.sh run|test|browser" ;;
esac

# Another Python was asked for by name: the environment has to be made with it.
if [ -n "${PYTHON:-}" ] && [ "$(version "$venv/bin/python")" != "$(version "$PYTHON")" ]; then
    check_python
    rm -rf "$venv"
fi

any_installed() {
    for name in "$@"; do
        if installed "$name"; then return 0; fi
    done
    return 1
}

if ! any_installed "$wanted" $larger; then
    # Without a smaller lock to build on it starts from the ground, so that nothing is left of an older lock or of an
    # interrupted set-up.
    if ! any_installed $smaller; then
        check_python
        rm -rf "$venv"
        "$python" -m venv "$venv" >/dev/null 2>&1 || { rm -rf "$venv"; no_venv; }
    fi
    rm -f "$venv"/*.stamp
    echo "Installing the packages of requirements/$wanted.txt into $venv (about a minute) ..." >&2
    # The lock is complete: pip looks for nothing that it does not name, and takes no file of another hash.
    pip install --no-deps --require-hashes -r "requirements/$wanted.txt"
    lock_state "$wanted" | stamp "$wanted"
fi

if ! cmp -s pyproject.toml "$venv/project.stamp"; then
    rm -f "$venv/project.stamp"
    pip install --no-deps --no-build-isolation --editable .
    stamp project <pyproject.toml
fi
