# shellcheck shell=bash
# Passwords by ssh end once the people who administer this machine can come in by key; never before.
KEYS_ONLY=/etc/ssh/sshd_config.d/11-hailong-keys-only.conf

has_key() {
  local home
  home=$(awk -F: -v user="$1" '$1 == user { print $6 }' "$ROOT/etc/passwd")
  [ -n "$home" ] && grep -qsE '^[^#]*(ssh-|ecdsa-|sk-)[^ ]+ [A-Za-z0-9+/=]+' "$ROOT$home/.ssh/authorized_keys"
}

# Whoever administers: the user who called sudo, else all members of the group sudo, else root.
administrators() {
  local members
  if [ -n "${SUDO_USER:-}" ] && [ "$SUDO_USER" != root ]; then
    echo "$SUDO_USER"
    return
  fi
  members=$(awk -F: '$1 == "sudo" { print $4 }' "$ROOT/etc/group" 2> /dev/null | tr ',' '\n')
  echo "${members:-root}"
}

put_ssh_keys_only() {
  local user
  [ -e "$ROOT/etc/passwd" ] || return 0
  for user in $(administrators); do
    if ! has_key "$user"; then
      echo "ssh: $user has no authorized key, so passwords stay allowed"
      return
    fi
  done
  put "$KEYS_ONLY" 0644 << 'CONF'
# Whoever administers this machine has a key.
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
CONF
}
