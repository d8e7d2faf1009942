# Copies a small system out of this one, so that no registry is asked: local-image.sh FOLDER
set -eu
root=$1

# Paths as they are where /bin and its like are links into /usr.
plain() {
  if [ -L /bin ]; then sed -E 's#^/(bin|sbin|lib|lib64)/#/usr/\1/#'; else cat; fi
}

files() {
  for package in coreutils perl-base; do dpkg -L $package; done
  for program in sh dash bash perl socat grep sed setsid getent mount unshare find git; do
    command -v $program || true
  done
  find /usr/lib/locale/C.utf8 -type f
}

for link in bin sbin lib lib64; do
  [ ! -L /$link ] || ln -s "$(readlink /$link)" "$root/$link"
done
files | plain | sort -u | grep -vE '^/usr/share/(doc|man|locale|info|lintian)' |
  while read -r file; do [ ! -f "$file" ] || echo "$file"; done >"$root.files"
grep -E '/s?bin/|\.so' "$root.files" | xargs ldd 2>/dev/null | grep -oE '/[^ ]+\.so[^ :]*' | plain >"$root.libraries" || true
cat "$root.files" "$root.libraries" | sort -u | tar -C / -chPf - -T - | tar -C "$root" -xf - 2>/dev/null
rm "$root.files" "$root.libraries"
mkdir -p "$root/etc" "$root/tmp" "$root/run" "$root/proc" "$root/dev" "$root/sys" "$root/root" \
  "$root/home/developer" "$root/usr/local/bin"
ln -s home/developer "$root/workspace"
printf 'root:x:0:0::/root:/bin/sh\ndeveloper:x:1000:1000::/home/developer:/bin/bash\n' >"$root/etc/passwd"
printf 'root:x:0:\ndeveloper:x:1000:\n' >"$root/etc/group"
printf 'from the image\n' >"$root/home/developer/.profile"
chmod 1777 "$root/tmp"
