#!/bin/sh
# The browser and the Japanese fonts the browser tests need, by apt where that is allowed.
packages="chromium fonts-noto-cjk"
have() { command -v chromium >/dev/null 2>&1 && fc-list 2>/dev/null | grep -qi "noto.*cjk"; }
have && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  apt-get update -qq >/dev/null 2>&1
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq fontconfig $packages >/dev/null 2>&1
fi
have && exit 0
echo "browser tests will not run: install them first with: sudo apt-get install -y $packages"
exit 1
