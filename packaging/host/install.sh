#!/bin/sh
# Installs the xunjian agent on this host: /opt/xunjian, /etc/xunjian, one systemd unit. Run as root from the unpacked archive.
# An installed one is replaced; its settings, key and results stay. DESTDIR=… installs below a folder and starts nothing.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=${DESTDIR:-}
fail() { echo "install.sh: $*" >&2; exit 1; }

[ -f "$here/dist/bin/xunjian.js" ] || fail "run it from the unpacked archive / 请在解压后的目录中运行"
if [ -z "$root" ]; then
  [ "$(id -u)" = 0 ] || fail "needs root / 需要 root 权限"
  command -v systemctl >/dev/null || fail "needs systemd / 需要 systemd"
fi
"$here/bin/node" --version >/dev/null 2>&1 || fail "the Node.js of this archive does not run here: other architecture, or glibc older than 2.28 / 该安装包与本机架构或 glibc 版本不符"

[ -n "$root" ] || systemctl stop xunjian-agent.service 2>/dev/null || true
mkdir -p "$root/opt" "$root/etc/xunjian" "$root/etc/systemd/system" "$root/usr/local/bin"
rm -rf "$root/opt/xunjian.new"
cp -R "$here" "$root/opt/xunjian.new"
chmod -R go-w "$root/opt/xunjian.new"
[ -n "$root" ] || chown -R 0:0 "$root/opt/xunjian.new"
rm -rf "$root/opt/xunjian"
mv "$root/opt/xunjian.new" "$root/opt/xunjian"
[ -e "$root/etc/xunjian/agent.env" ] || cp "$here/agent.env" "$root/etc/xunjian/agent.env"
[ -e "$root/etc/xunjian/token" ] || (umask 077; : >"$root/etc/xunjian/token")
chmod 0640 "$root/etc/xunjian/agent.env"
cp "$here/xunjian-agent.service" "$root/etc/systemd/system/xunjian-agent.service"
chmod 0644 "$root/etc/systemd/system/xunjian-agent.service"
cp "$here/xunjian" "$root/usr/local/bin/xunjian"
# What may leave is decided here: full, health, heartbeat or off; without the file nothing leaves.
mkdir -p "$root/etc/xunjian/consent"
[ -e "$root/etc/xunjian/consent/level" ] || echo full >"$root/etc/xunjian/consent/level"
chmod 0755 "$root/etc/xunjian/consent"
chmod 0644 "$root/etc/xunjian/consent/level"
chmod 0755 "$root/usr/local/bin/xunjian"
[ -z "$root" ] || exit 0

id xunjian >/dev/null 2>&1 || useradd --system --user-group --no-create-home --home-dir /var/lib/xunjian --shell /sbin/nologin xunjian
chown xunjian: /etc/xunjian/token
chgrp xunjian /etc/xunjian/agent.env
systemctl daemon-reload
systemctl enable --now xunjian-agent.service
cat <<'T'
已安装并启动。配置：/etc/xunjian/agent.env；状态：systemctl status xunjian-agent；将会发出的数据：sudo xunjian preview；停止外发：echo off | sudo tee /etc/xunjian/consent/level
Installed and started. Settings: /etc/xunjian/agent.env; state: systemctl status xunjian-agent; what would leave: sudo xunjian preview; stop everything: echo off | sudo tee /etc/xunjian/consent/level
T
