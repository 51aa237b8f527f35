#!/bin/sh
# Starts the event store with passwords from secrets. The server takes them from its environment only, uses them when it makes its
# users, at its first start with TLS, and refuses to start when they are set without TLS.
set -eu
KURRENTDB_DEFAULT_ADMIN_PASSWORD="$(cat /run/secrets/event-store-admin)"
KURRENTDB_DEFAULT_OPS_PASSWORD="$(cat /run/secrets/event-store-ops)"
export KURRENTDB_DEFAULT_ADMIN_PASSWORD KURRENTDB_DEFAULT_OPS_PASSWORD
exec /opt/kurrentdb/KurrentDB "$@"
