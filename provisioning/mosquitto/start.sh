#!/bin/sh
# Starts mosquitto in its container. The first time the dynamic-security plugin gets the account that administers it.
set -eu
accounts=/mosquitto/data/dynamic-security.json
[ -s "$accounts" ] || mosquitto_ctrl dynsec init "$accounts" fettle "$(cat /run/secrets/mqtt-password)"
chown -R mosquitto:mosquitto /mosquitto/data
cat /mosquitto/config/mosquitto.conf /mosquitto/config/container.conf > /tmp/mosquitto.conf
exec mosquitto -c /tmp/mosquitto.conf
