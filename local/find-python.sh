#!/bin/sh
# Prints the interpreter that Homeward is set up with: the first that runs and is Python 3.12 or newer, 3.13 before others.
# Candidates are run, not looked up: what pyenv puts on the PATH may be there and still not run.

pyenv_versions() {
    for minor in 13 12 14 15; do
        for candidate in "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3."$minor"*/bin/python; do
            if [ -x "$candidate" ]; then echo "$candidate"; fi
        done
    done
}

candidates() {
    printf '%s\n' "${PYTHON:-}" python3.13 python3.12 python3.14 python3 python
    pyenv_versions
    uv python find --no-python-downloads '>=3.12' 2>/dev/null
}

candidates | {
    while read -r candidate; do
        if [ -n "$candidate" ] && "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1; then
            "$candidate" -c 'import sys; print(sys.executable)'
            exit 0
        fi
    done
    echo "Python 3.12 or newer is missing: install it (3.13 is best), or name it with PYTHON=/path/to/python." >&2
    exit 1
}
