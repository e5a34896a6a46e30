#!/bin/sh
# The front end: exact packages by `npm ci`, then the built files in web/dist. Node is a build tool only.
set -eu
. "$(dirname "$0")/common.sh"
cd "$ROOT/web"
purpose=${1:-build}

packages=$(fingerprint package.json package-lock.json "$ROOT/setup/web.sh")
sources=$packages-$(find . \( -name node_modules -o -name dist -o -name test-results \) -prune -o -type f -print0 \
    | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1)
[ "$purpose" = build ] && [ -d dist ] && fresh web "$sources" && exit 0
[ "$purpose" = packages ] && [ -d node_modules ] && fresh web-packages "$packages" && exit 0

have node && node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' || fail \
    "构建前端需要 Node.js 20.19 或更新版本（带 npm），现在是：$(node --version 2>/dev/null || echo 没有)。请安装后重新执行。" \
    "Building the front end needs Node.js 20.19 or newer with npm; found: $(node --version 2>/dev/null || echo none). Install it and run make again."

if ! { [ -d node_modules ] && fresh web-packages "$packages"; }; then
    say "安装前端依赖" "Installing the front end's packages"
    npm ci --no-audit --no-fund --loglevel=error
    stamp web-packages "$packages"
fi
[ "$purpose" = build ] || exit 0
say "构建前端 web/dist" "Building the front end into web/dist"
npm run --silent build -- --logLevel warn
stamp web "$sources"
