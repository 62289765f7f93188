#!/usr/bin/env bash
#
# Makes .venv and installs a lock file into it. `make` calls this; by hand:
#
#   requirements/environment.sh base            what the portal needs
#   requirements/environment.sh dev             that, and what its developers need
#   requirements/environment.sh s3              what the portal needs to keep files in an S3-compatible store
#   requirements/environment.sh lock [OPTION…]  write the lock files anew (--upgrade takes newer versions)
#
# Kept to bash 3.2, which is the one macOS has.

set -euo pipefail
cd "$(dirname "$0")/.."

# The Pythons for which every locked package has a ready-made wheel; the first found is taken.
minors="14 13 12"
fetched=3.13
tools=var/tools

say() { printf '%s\n' "$*" >&2; }
fail() { say "$@"; exit 1; }

# Being on the PATH is not enough: pyenv's shims are, and fail while another version is selected. And a
# Python that was built without SQLite's headers cannot run the portal.
runs() {
    "$1" -I -c 'import sqlite3, ssl, sys, venv; sys.exit(not (3, 12) <= sys.version_info < (3, 15))' >/dev/null 2>&1
}

candidates() {
    local minor root
    for minor in $minors; do echo "python3.$minor"; done
    echo python3
    root=$(pyenv root 2>/dev/null) || root=${PYENV_ROOT:-$HOME/.pyenv}
    for minor in $minors; do
        # Patch releases only, the newest first: neither 3.14-dev nor the free-threaded 3.14.0t.
        printf '%s\n' "$root/versions/3.$minor".[0-9][0-9] "$root/versions/3.$minor".[0-9] | sort -r |
            sed 's,$,/bin/python,'
    done
}

find_python() {
    local candidate
    while read -r candidate; do
        if runs "$candidate"; then
            python=$candidate
            return
        fi
    done < <(candidates)
    fetch_python
}

find_uv() {
    local candidate
    uv=""
    for candidate in uv "$tools/uv/bin/uv"; do
        if "$candidate" --version >/dev/null 2>&1; then
            uv=$candidate
            return
        fi
    done
}

# From the package index, with whatever Python 3 there is: by its pip or, where it lacks that (Debian), in a .venv.
get_uv() {
    find_uv
    [ -z "$uv" ] || return 0
    say "Fetching uv into $tools…"
    rm -rf "$tools/uv"
    local locked="--quiet --quiet --only-binary :all: --require-hashes -r requirements/uv.txt"
    {
        python3 -m pip install $locked --target "$tools/uv" ||
            { python3 -m venv "$tools/uv" && "$tools/uv/bin/python" -m pip install $locked; }
    } >/dev/null 2>&1 || true
    find_uv
    [ -n "$uv" ]
}

# What pip is set up to use, which uv does not look at.
own_index() {
    local index=${UV_DEFAULT_INDEX:-${PIP_INDEX_URL:-$(python3 -m pip config get global.index-url 2>/dev/null || true)}}
    [ -z "$index" ] || export UV_DEFAULT_INDEX=$index
}

fetch_python() {
    local none="No Python from 3.12 to 3.14 was found"
    get_uv || fail "$none, and no pip or venv module with which to fetch one: install one of these" \
        "(Debian, Ubuntu: sudo apt-get install python3-venv) and run make again."
    say "Fetching Python $fetched with uv into $tools…"
    # In the checkout, so that nothing of ours is left in anybody's home.
    export UV_PYTHON_INSTALL_DIR=$PWD/$tools/python
    if ! "$uv" python install --no-bin "$fetched" || ! python=$("$uv" python find --managed-python "$fetched"); then
        fail "$none, and uv could not fetch one: install one (Debian, Ubuntu: sudo apt-get install python3" \
            "python3-venv, where that is new enough; macOS: brew install python@3.13; anywhere: pyenv install 3.13)" \
            "and run make again."
    fi
}

# uv takes a tenth of the time. What it cannot get, pip tries, which may be set up for this machine as uv is not; and
# whatever uv left half done is done again.
fill() {
    local again=""
    if get_uv; then
        own_index
        "$uv" pip install --quiet --python .venv/bin/python --require-hashes -r "$1" && return
        say "uv could not install it: trying with pip…"
        again=--force-reinstall
    fi
    # Debian ships Python without what puts pip into a .venv.
    .venv/bin/python -m pip --version >/dev/null 2>&1 || .venv/bin/python -m ensurepip >/dev/null 2>&1 ||
        fail "There is neither uv nor pip to install $1 with: install uv, or this Python's venv module" \
            "(Debian, Ubuntu: sudo apt-get install python3-venv) and run make again."
    .venv/bin/python -m pip install --quiet --quiet --disable-pip-version-check $again --require-hashes -r "$1"
}

install() {
    local lock=requirements/$1.txt stamp=.venv/.installed unfinished=.venv/.unfinished
    if runs .venv/bin/python && [ ! -e "$unfinished" ] && grep -qsxF "$(cksum "$lock")" "$stamp"; then
        return
    fi

    # One whose making was interrupted may hold half a package, which pip would take for a whole one.
    if [ -e "$unfinished" ] || ! runs .venv/bin/python; then
        find_python
        say "Making .venv with $("$python" --version)…"
        rm -rf .venv
        mkdir .venv
        touch "$unfinished"
        "$python" -m venv --without-pip .venv
    fi

    say "Installing $lock into .venv (up to a minute the first time)…"
    touch "$unfinished"
    rm -f "$stamp"
    fill "$lock"
    # The developers' lock holds all of the other, so that `make demo` after `make test` has nothing to install.
    case $1 in
        dev) cksum requirements/base.txt requirements/dev.txt >"$stamp" ;;
        *) cksum "$lock" >"$stamp" ;;
    esac
    rm "$unfinished"
}

lock() {
    get_uv || fail "Locking needs uv: install it and run make again."
    # From the public index alone, whatever this machine is set up to use: a mirror may lack files, and so hashes.
    unset UV_INDEX UV_INDEX_URL UV_DEFAULT_INDEX UV_EXTRA_INDEX_URL UV_FIND_LINKS
    export UV_NO_CONFIG=1 UV_PYTHON_DOWNLOADS=never
    compile() {
        "$uv" pip compile --quiet --universal --generate-hashes --no-emit-index-url --python-version 3.12 \
            pyproject.toml "$@"
    }
    compile -o requirements/base.txt "$@"
    compile --extra s3 -o requirements/s3.txt "$@"
    compile --group dev -o requirements/dev.txt "$@"
    echo uv | "$uv" pip compile --quiet --generate-hashes --no-emit-index-url --no-header --python-version 3.8 \
        -o requirements/uv.txt "$@" -
}

case ${1:-} in
    base | dev | s3) install "$1" ;;
    lock) shift && lock "$@" ;;
    *) fail "Usage: $0 base|dev|s3|lock" ;;
esac
