#!/bin/sh
# System packages. `run` needs Chromium and a Chinese font for PDF and PNG only; `test` needs them,
# PostgreSQL, Mosquitto and its clients, and Go with its packages for logs: programs of others that check ours.
set -eu
. "$(dirname "$0")/common.sh"
purpose=${1:-run}

missing=""
python=${PYTHON:-python3}
have "$python" || missing="$missing python3 python3-venv"
[ -x "$VENV/bin/python" ] || "$python" -c 'import ensurepip, venv' 2>/dev/null || missing="$missing python3-venv"
have chromium || have chromium-browser || have google-chrome || missing="$missing chromium"
[ -e /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc ] || missing="$missing fonts-noto-cjk"
if [ "$purpose" = test ]; then
    ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || have initdb || missing="$missing postgresql"
    have mosquitto_pub || missing="$missing mosquitto-clients"
    have mosquitto || [ -x /usr/sbin/mosquitto ] || missing="$missing mosquitto"
    have go || missing="$missing golang-go"
    [ -d /usr/share/gocode/src/golang.org/x/mod ] || missing="$missing golang-golang-x-mod-dev"
fi
[ -n "$missing" ] || exit 0

if have apt-get && [ "$(id -u)" = 0 ]; then
    say "安装系统软件：$missing（需要几分钟）" "Installing system packages:$missing (takes some minutes)"
    # shellcheck disable=SC2086
    apt_install $missing
    # Debian starts a broker of its own on port 1883, which is ours.
    case "$missing" in *" mosquitto"*) if have systemctl; then systemctl disable --now mosquitto >/dev/null 2>&1 || true; fi ;; esac
    exit 0
fi

case "$purpose $missing" in
    run*python3*|test*)
        fail "缺少系统软件：$missing。请让管理员执行：apt-get install$missing，然后重新执行 make。" \
            "System packages are missing:$missing. Ask an administrator to run: apt-get install$missing, then run make again." ;;
esac
say "缺少$missing：平台照常运行，但不能生成 PDF 和 PNG。安装后即可使用：apt-get install$missing" \
    "Missing:$missing. The platform runs, but makes no PDF and PNG until an administrator runs: apt-get install$missing"
