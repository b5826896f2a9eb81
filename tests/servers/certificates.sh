#!/usr/bin/env bash
# certificates.sh DIR: an authority, a server's certificate for 127.0.0.1 and localhost, a client's for the role drcert,
# and a second authority that signed nothing. The keys belong to who runs this; a copy of the server's is made by the server.
set -euo pipefail

mkdir -p "$1"
cd "$1"
[ ! -e complete ] || exit 0
umask 077

authority() {
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 3650 -subj "/CN=$2" \
        -keyout "$1.key" -out "$1.crt" 2>/dev/null
}

certificate() {
    local name=$1 subject=$2 extensions=$3
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "/CN=$subject" \
        -keyout "$name.key" -out "$name.csr" 2>/dev/null
    openssl x509 -req -in "$name.csr" -CA ca.crt -CAkey ca.key -CAcreateserial -days 3650 \
        -extfile <(printf '%b' "$extensions") -out "$name.crt" 2>/dev/null
    rm "$name.csr"
}

authority ca "DataResilience test authority"
authority other-ca "Another test authority"
certificate server localhost 'subjectAltName=IP:127.0.0.1,DNS:localhost\nextendedKeyUsage=serverAuth\n'
certificate client drcert 'extendedKeyUsage=clientAuth\n'
chmod 644 ./*.crt
chmod 755 .
touch complete
