#!/bin/sh
# Keycloak takes passwords from its environment only: puts them there from the files that hold them.
set -eu
KC_DB_PASSWORD="$(cat /run/secrets/identity-database)"
KC_BOOTSTRAP_ADMIN_PASSWORD="$(cat /run/secrets/identity-admin)"
export KC_DB_PASSWORD KC_BOOTSTRAP_ADMIN_PASSWORD
exec /opt/keycloak/bin/kc.sh start --import-realm
