#!/bin/sh
# The Python environment from the lock files: `run` takes what a server needs, `test` takes also what builders need.
set -eu
. "$(dirname "$0")/common.sh"
cd "$ROOT"
purpose=${1:-run}
python=${PYTHON:-python3}

lock=requirements.lock
[ "$purpose" = run ] || lock=requirements-dev.lock
hash=$purpose-$(fingerprint "$lock" setup/uv.lock setup/python.sh)
if [ -x "$VENV/bin/hexi" ]; then
    fresh python "$hash" && exit 0
    # The builders' environment holds all that a server needs.
    [ "$purpose" = run ] && fresh python "test-$(fingerprint requirements-dev.lock setup/uv.lock setup/python.sh)" && exit 0
fi

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || fail \
    "需要 Python 3.11 或更新版本，现在是 $("$python" --version 2>&1)。可用 PYTHON=/路径/python3.11 make 指定。" \
    "Python 3.11 or newer is needed, this is $("$python" --version 2>&1). Name another one with PYTHON=/path/to/python3.11 make."

say "准备 Python 环境 .venv" "Preparing the Python environment .venv"
[ -x "$VENV/bin/python" ] || "$python" -m venv "$VENV"
"$VENV/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r setup/uv.lock
"$VENV/bin/uv" pip sync --quiet --compile-bytecode --python "$VENV/bin/python" --require-hashes "$lock"

# The package is used from this folder: a path entry and a launcher, nothing to build or fetch.
printf '%s\n' "$ROOT" >"$("$VENV/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/hexi.pth"
cat >"$VENV/bin/hexi" <<LAUNCHER
#!$VENV/bin/python
import sys
from hexi.tools.command import main
sys.exit(main())
LAUNCHER
chmod +x "$VENV/bin/hexi"
stamp python "$hash"
