#!/bin/sh
# Both lock files from pyproject.toml. They name no package index: each site uses its own.
set -eu
. "$(dirname "$0")/common.sh"
cd "$ROOT"

compile() { "$VENV/bin/uv" pip compile --quiet --generate-hashes --no-header --no-emit-index-url "$@" pyproject.toml; }
compile --group dev --output-file requirements-dev.lock
compile --no-annotate --constraint requirements-dev.lock --output-file requirements.lock
