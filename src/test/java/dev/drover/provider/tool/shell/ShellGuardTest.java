package dev.drover.provider.tool.shell;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ShellGuardTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "rm -rf /",
                "rm -fr /*",
                "rm -r -f /",
                "rm -r /",
                "rm -R /",
                "rm --recursive --force --no-preserve-root /",
                "rm / -rf",
                "rm -rf -- /",
                "rm -rf //",
                "rm -rf /.",
                "rm -rf /./",
                "rm -rf /workspace/..",
                "rm -rf /../*",
                "rm -rf '/'",
                "rm -rf \"/\"",
                "rm -rf \\/",
                "\\rm -rf /",
                "'rm' -rf /",
                "/bin/rm -rf /",
                "sudo rm -rf /",
                "false && rm -rf /*",
                "true || rm -rf /",
                "echo a; rm -rf /",
                "echo a | rm -rf /",
                "sleep 1 & rm -rf /",
                "echo a\nrm -rf /",
                "(rm -rf /)",
                "( cd /tmp; rm -rf / )",
                "{ rm -rf /; }",
                "echo $(rm -rf /)",
                "echo \"x $(rm -rf /) y\"",
                "echo `rm -rf /`",
                "echo \"`rm -rf /`\"",
                "rm -rf /workspace/x /",
                "rm -rf / > /dev/null",
                "> log rm -rf /",
                "2>&1 rm -rf /",
                "A=1 B=2 rm -rf /",
                "if true; then rm -rf /; fi",
                "while :; do rm -rf /; done",
                "! rm -rf /",
                "sh -c 'rm -rf /'",
                "bash -lc \"cd / && rm -rf /*\"",
                "sh -c \"sh -c 'rm -rf /'\"",
                "eval rm -rf /",
                "eval 'rm -rf /'",
                "su -c 'rm -rf /'",
                "su root -c reboot",
                "echo / | xargs rm -rf /",
                "rm -r\\\nf /",
                "cat <(rm -rf /)",
                "timeout 5 rm -rf /",
                "f() { rm -rf /; }; f",
                "# nothing\nrm -rf /",
                "rm -rf /\u0009",
                "rm -rf /;"
            })
    void refusesDeletingTheRoot(String line) {
        assertThat(ShellGuard.blocked(line)).as(line).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "reboot",
                "sudo reboot",
                "sudo -u root reboot",
                "sudo -n -E reboot",
                "/sbin/reboot",
                "shutdown -h now",
                "halt",
                "poweroff -f",
                "env A=1 reboot",
                "env -i reboot",
                "env -u PATH reboot",
                "nohup reboot &",
                "time reboot",
                "time -p reboot",
                "exec reboot",
                "exec -a x reboot",
                "command reboot",
                "command -p reboot",
                "doas halt",
                "nice -n 5 halt",
                "setsid halt",
                "busybox reboot",
                "bash -o pipefail -c reboot",
                "sh -ec 'sleep 1; reboot'",
                "\"reboot\"",
                "re\\boot",
                "r''eboot",
                "$(reboot)",
                "case x in x) reboot;; esac",
                "cat <<EOF\nx\nEOF\nreboot",
                "cat <<-'A B'\n\tx\n\tA B\nhalt",
                "x=$(reboot)",
                "echo ${x}; halt",
                "echo $((1+2)); halt",
                "a|b||halt",
                "a&&halt"
            })
    void refusesSwitchingTheMachineOff(String line) {
        assertThat(ShellGuard.blocked(line)).as(line).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mkfs.ext4 /dev/sda1", "mkfs -t ext4 /dev/sda", "sudo mkfs.xfs /dev/vdb", "/sbin/mkfs.btrfs x",
                "dd if=/dev/zero of=/dev/sda", "dd of=/dev/nvme0n1 bs=1M if=x", "dd of=//dev/./sda",
                        "sudo dd of=/dev/mem",
                ":(){ :|:& };:", ":(){ :|: & };:", ":() { : | : & } ; :", "bomb() { bomb | bomb & }; bomb",
                "bomb(){\nbomb|bomb&\n}\nbomb", "sh -c ':(){ :|:& };:'", "f ( ) { f | f; }; f"
            })
    void refusesOtherRuin(String line) {
        assertThat(ShellGuard.blocked(line)).as(line).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "ls",
                "git commit -m \"halt\"",
                "git commit -m 'rm -rf /'",
                "rm -rf /workspace/x",
                "rm -rf x",
                "rm -rf ./*",
                "rm -rf *",
                "rm -f /",
                "rm -rf /tmp/*",
                "rm -rf /workspace/*",
                "rm -rf \"$DIR\"",
                "rmdir /",
                "echo reboot",
                "man shutdown",
                "echo 'a; reboot'",
                "echo \"a && halt\"",
                "echo a \\; reboot",
                "grep -r reboot /var/log",
                "command -v reboot",
                "command -V halt",
                "which poweroff",
                "echo x > reboot",
                "cat < halt",
                "touch reboot; ls reboot",
                "./reboot-notes.sh",
                "rebooting",
                "halt-and-catch-fire",
                "mkfs-notes",
                "ls # reboot",
                "for i in reboot halt; do echo $i; done",
                "reboot() { echo no; }",
                "case $1 in start) run;; reboot) echo x;; esac",
                "cat <<EOF\nreboot\nrm -rf /\nEOF",
                "cat > notes <<'END'\nhalt\nEND\nls",
                "dd if=/dev/zero of=disk.img bs=1M count=1",
                "dd if=a of=/dev/null",
                "dd of=/dev/shm/x if=y",
                "dd if=/dev/sda of=/dev/stdout",
                "echo dd of=/dev/sda",
                "sh script.sh -c reboot",
                "sh -x reboot",
                "python3 -c 'reboot'",
                "f() { g | f; }; f",
                "f() { echo; }; f | g; f",
                "a | a",
                "echo $'it''s' reboot",
                "echo \"${x:-reboot}\"",
                "echo '$(reboot)'",
                "printf '%s' '`reboot`'",
                "FOO=reboot",
                "FOO=reboot make",
                "xargs -n 1 echo reboot",
                "sudo -l",
                "env",
                "nohup",
                "timeout 5",
                "sh -c",
                "eval",
                "su",
                "echo '",
                "echo \"",
                "echo `",
                "echo $(",
                "((",
                "))",
                "<",
                "<<",
                "\\"
            })
    void letsHonestWorkPass(String line) {
        assertThat(ShellGuard.blocked(line)).as(line).isEmpty();
    }

    @Property
    void comesToAnEndWithAnyLine(@ForAll("shellish") String line) {
        assertThat(ShellGuard.blocked(line)).isNotNull();
    }

    @Test
    void comesToAnEndWithDeepNesting() {
        for (String opening : new String[] {"$(", "(", "`", "{ ", "\"$(", "<(", "${", "sh -c '", "f()", "<<a\n"}) {
            assertThat(ShellGuard.blocked(opening.repeat(20_000) + "ls")).isEmpty();
        }
    }

    @Provide
    Arbitrary<String> shellish() {
        return Arbitraries.of(
                        "rm", " ", "-rf", "/", "'", "\"", "\\", "$", "(", ")", "`", "{", "}", ";", "&", "|", "\n", "<",
                        ">", "#", "sh -c ", "reboot", "eval ", "x", "=", "<<", "EOF", "f()")
                .list()
                .ofMaxSize(40)
                .map(parts -> String.join("", parts));
    }
}
