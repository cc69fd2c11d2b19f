#!/bin/sh
# Prints the folder of the Node.js that builds the page: the first that runs, is new enough and has npm beside it.

newest_of_nvm() {
    for folder in "${NVM_DIR:-$HOME/.nvm}"/versions/node/*/bin; do
        if [ -x "$folder/node" ]; then echo "$folder"; fi
    done | sort -rV
}

candidates() {
    for name in node nodejs; do
        found=$(command -v "$name") && dirname "$found"
    done
    newest_of_nvm
}

new_enough='const [major, minor] = process.versions.node.split(".").map(Number);
process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1);'

candidates | {
    while read -r folder; do
        if "$folder/node" -e "$new_enough" >/dev/null 2>&1 && PATH="$folder:$PATH" npm --version >/dev/null 2>&1; then
            echo "$folder"
            exit 0
        fi
    done
    echo "Node.js 20.19 or newer with npm is missing: install it from https://nodejs.org or with your package manager." >&2
    exit 1
}
