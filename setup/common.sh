# What the set-up scripts share: how they speak, how they know that nothing has changed, how they fetch system packages.

ROOT=$(cd "$(dirname "$0")/.." && pwd)
STAMPS=$ROOT/.setup
VENV=$ROOT/.venv

# say "中文" "English": one line in the reader's language (HEXI_LANG=en, or an English locale; Chinese otherwise).
say() {
    case "${HEXI_LANG:-${LC_ALL:-${LANG:-zh}}}" in
        en*) printf '%s\n' "$2" ;;
        *) printf '%s\n' "$1" ;;
    esac
}

fail() {
    say "$@" >&2
    exit 1
}

fingerprint() { cat "$@" | sha256sum | cut -d' ' -f1; }

# fresh NAME HASH: true when this stage was finished with exactly these inputs.
fresh() { [ -f "$STAMPS/$1" ] && [ "$(cat "$STAMPS/$1")" = "$2" ]; }

stamp() {
    mkdir -p "$STAMPS"
    printf '%s\n' "$2" >"$STAMPS/$1"
}

have() { command -v "$1" >/dev/null 2>&1; }

# apt_install PACKAGE...: quietly; one attempt to refresh the package lists, because a fresh machine has none.
apt_install() {
    export DEBIAN_FRONTEND=noninteractive
    log=$STAMPS/apt.log
    mkdir -p "$STAMPS"
    { apt-get update && apt-get install -y --no-install-recommends "$@"; } >"$log" 2>&1 || {
        tail -n 20 "$log" >&2
        fail "系统软件没有装上：$*。日志：$log" "The system packages were not installed: $*. The log is $log"
    }
}
