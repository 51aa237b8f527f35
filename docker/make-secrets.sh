#!/usr/bin/env bash
# Makes the secrets of a deployment, each in a file of its own at mode 0600. Keeps every file that is there already.
set -euo pipefail
umask 077

usage() {
  cat <<'TEXT'
usage: make-secrets.sh [--dir DIR] [--postgres HOST:PORT] [--tls NAME,...] [--identity] [--log-name NAME] [--keep-owner]

  --dir DIR             folder of the secrets (default: secrets, beside this script)
  --postgres HOST:PORT  where the programs find Postgres (default: postgres:5432)
  --tls NAME,...        also a certificate for the event store under these DNS names or IP addresses,
                        signed by an authority of its own (needs openssl)
  --identity            also the passwords of the identity provider of compose.oidc.yaml
  --log-name NAME       what the log is called in its signed checkpoints, like log.organisation.example/spil
                        (default: a name that no other log has)
  --keep-owner          leave all yours; otherwise, as root, each file and its folder is given to the user
                        of the container that reads it: 999 in the Postgres image, 1000 in the others
TEXT
}

dir="$(cd "$(dirname "$0")" && pwd)/secrets"
postgres=postgres:5432
tls=
identity=
log_name=
keep_owner=
while [ $# -gt 0 ]; do
  case "$1" in
    --dir) dir="$2"; shift ;;
    --postgres) postgres="$2"; shift ;;
    --tls) tls="$2"; shift ;;
    --identity) identity=1 ;;
    --log-name) log_name="$2"; shift ;;
    --keep-owner) keep_owner=1 ;;
    --help) usage; exit 0 ;;
    *) usage >&2; exit 64 ;;
  esac
  shift
done
if [ -z "$keep_owner" ] && [ "$(id -u)" -ne 0 ]; then
  echo 'Run this as root (sudo): a container reads a secret as its own user, so the file must belong to that user.' >&2
  echo 'Or say --keep-owner and see to it yourself.' >&2
  exit 77
fi

mkdir -p "$dir"/postgres "$dir"/eventstore "$dir"/spil

# Writes what it reads to a file, unless the file exists.
keep() {
  local file="$dir/$1"
  cat > "$file.new"
  if [ -e "$file" ]; then
    rm "$file.new"
    return
  fi
  if [ ! -s "$file.new" ]; then
    echo "cannot make $file" >&2
    exit 1
  fi
  mv "$file.new" "$file"
  echo "made $file"
}

random() { head -c 32 /dev/urandom | base64 | tr -d '=\n' | tr '+/' '-_'; }

# A password for a Postgres role, and for the programs the URL that holds it: password file, role, database, URL file.
role() {
  random | keep "postgres/$1"
  printf 'postgres://%s:%s@%s/%s' "$2" "$(cat "$dir/postgres/$1")" "$postgres" "$3" | keep "spil/$1-url"
}

random | keep postgres/superuser
role read-owner spil_read_owner spil_read
role read-worker spil_worker spil_read
role read-service spil_service spil_read
role keys-owner spil_keys_owner spil_keys
role keys-service spil_keys spil_keys
role audit-owner spil_audit_owner spil_audit
role audit-service spil_audit_service spil_audit
role audit-worker spil_audit_worker spil_audit

random | keep eventstore/admin
random | keep eventstore/ops
keep spil/event-store-password < "$dir/eventstore/admin"

kek="$(head -c 8 /dev/urandom | od -An -tx1 | tr -d ' \n')"
printf '{ "active": "%s", "keys": { "%s": "%s" } }\n' "$kek" "$kek" "$(head -c 32 /dev/urandom | base64 | tr -d '\n')" |
  keep spil/key-ring.json

if [ -n "$identity" ]; then
  mkdir -p "$dir"/identity
  random | keep identity/admin
  random | keep identity/database
  keep postgres/identity < "$dir/identity/database"
fi

log_name="${log_name:-spil.log/$(head -c 8 /dev/urandom | od -An -tx1 | tr -d ' \n')}"
if [[ "$log_name" =~ [[:space:]+\"\\] ]]; then
  echo 'The name of the log has no spaces, quotes, backslashes or plus signs in it.' >&2
  exit 64
fi
printf '{ "name": "%s", "seed": "%s" }\n' "$log_name" "$(head -c 32 /dev/urandom | base64 | tr -d '\n')" |
  keep spil/checkpoint-key.json

if [ -n "$tls" ]; then
  mkdir -p "$dir"/authority
  san=
  IFS=, read -ra names <<< "$tls"
  for name in "${names[@]}"; do
    if [[ "$name" =~ ^[0-9.]+$|: ]]; then san="$san,IP:$name"; else san="$san,DNS:$name"; fi
  done
  openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 2> /dev/null | keep authority/ca.key
  openssl req -x509 -new -key "$dir/authority/ca.key" -sha256 -days 3650 -subj '/CN=Spil event store CA' \
    -addext 'basicConstraints=critical,CA:TRUE' -addext 'keyUsage=critical,keyCertSign,cRLSign' |
    keep authority/ca.crt
  openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 2> /dev/null | keep eventstore/node.key
  # Nodes of one cluster know each other by this common name.
  openssl req -new -key "$dir/eventstore/node.key" -subj '/CN=eventstoredb-node' |
    openssl x509 -req -CA "$dir/authority/ca.crt" -CAkey "$dir/authority/ca.key" -sha256 -days 730 \
      -set_serial "0x$(head -c 8 /dev/urandom | od -An -tx1 | tr -d ' \n')" \
      -extfile <(printf '%s\n' "subjectAltName=${san#,}" 'basicConstraints=CA:FALSE' \
        'keyUsage=digitalSignature,keyEncipherment' 'extendedKeyUsage=serverAuth,clientAuth') 2> /dev/null |
    keep eventstore/node.crt
  keep eventstore/ca.crt < "$dir/authority/ca.crt"
  keep spil/event-store-ca.crt < "$dir/authority/ca.crt"
fi

# The folders too: a rotation of the keys writes a new ring into spil/. Nobody else gets past the folder around them.
if [ -z "$keep_owner" ]; then
  chown 999:999 "$dir"/postgres "$dir"/postgres/*
  chown 1000:1000 "$dir"/eventstore "$dir"/eventstore/* "$dir"/spil "$dir"/spil/*
  [ -z "$identity" ] || chown 1000:1000 "$dir"/identity "$dir"/identity/*
fi
