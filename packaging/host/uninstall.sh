#!/bin/sh
# Removes the xunjian agent, its settings, key and results. `--keep-state` leaves /etc/xunjian and /var/lib/xunjian.
set -eu
root=${DESTDIR:-}
if [ -z "$root" ]; then
  [ "$(id -u)" = 0 ] || { echo "uninstall.sh: needs root / 需要 root 权限" >&2; exit 1; }
  systemctl disable --now xunjian-agent.service 2>/dev/null || true
fi
rm -f "$root/etc/systemd/system/xunjian-agent.service" "$root/usr/local/bin/xunjian"
rm -rf "$root/opt/xunjian"
if [ "${1:-}" != --keep-state ]; then
  rm -rf "$root/etc/xunjian" "$root/var/lib/xunjian"
  [ -n "$root" ] || userdel xunjian 2>/dev/null || true
fi
[ -n "$root" ] || systemctl daemon-reload
echo "已卸载 / removed"
