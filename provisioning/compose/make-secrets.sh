#!/bin/sh
# Passwords and tokens for docker-compose.yml, made once into ./secrets. What is there already is left alone: a password is
# also in the data of its server, so changing a file alone would lock the platform out.
set -eu
cd "$(dirname "$0")/../.."
umask 077
mkdir -p secrets

random() { head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n'; }
once() { [ -s "secrets/$1" ] || printf %s "$2" > "secrets/$1"; }

for name in postgres-password postgres-reader-password influx-password influx-token mqtt-password grafana-password; do
  once "$name" "$(random)"
done
once database-url "postgres://fettle:$(cat secrets/postgres-password)@postgres:5432/fettle"
once mqtt-url "mqtt://fettle:$(cat secrets/mqtt-password)@mosquitto:1883"

# Each container reads its own as a user of its own; on this machine nobody else gets into the folder.
chmod 644 secrets/*
chmod 700 secrets
echo "secrets/ is complete: $(ls secrets | tr '\n' ' ')"
