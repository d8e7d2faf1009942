# One person's session inside a computer: a login shell or one command, on a terminal or on three pipes. The server
# talks with it over standard input and output; every frame, both ways, is a letter, a length and that many bytes.
# Plain Perl without a single module, as the resident shell is.
#
#   to us:    d data   e end of the input   w "lines columns"   s signal   t TERM to the group, KILL two seconds later
#   from us:  o e output   x exit code
use strict;

my ($setsid, $lines, $columns, $command) = @ARGV;
my ($most, $heard, $typed, $told, $typed_all, $code, $doom, $ended) = (262144, '', '', '', 0);

$0 = 'session';
$SIG{$_} = 'IGNORE' for 'PIPE', 'HUP', 'INT';
$SIG{TERM} = \&hang_up;    # also when there is so much to type that the line is not read
$SIG{CHLD} = sub { };
open my $server, '+<&', \*STDIN or die "cannot keep the line: $!\n";
my ($keys, $out, $err, $pid) = $lines ? on_a_terminal() : on_pipes();
my $pidfd = pidfd();
fcntl $_, 4, 2048 for grep { $_ } $server, $keys, $out, $err;    # F_SETFL, O_NONBLOCK

while (1) {
    my ($read, $write) = ('', '');
    want(\$read, $server) if length $typed < $most;
    want(\$write, $server) if length $told;
    want(\$write, $keys) if length $typed;
    if (length $told < $most) { want(\$read, $_) for $out, $err }
    want(\$read, $pidfd) if !defined $code;
    my $hurry = $doom || !$pidfd ? 0.02 : $ended ? 0.5 : undef;
    select($read, $write, undef, $hurry) > 0 or ($read, $write) = ('', '');
    reap();
    take_orders() if ready($read, $server);
    answer() if ready($write, $server);
    type() if length $typed && ready($write, $keys);
    hear($out, 'o', \$out) if ready($read, $out);
    hear($err, 'e', \$err) if ready($read, $err);
    end_what_is_doomed() if $doom;
    end_again() if $ended && time > $ended;
    finish() if defined $code && !($doom && kill 0, -$pid);
}

sub want { vec(${ $_[0] }, fileno $_[1], 1) = 1 if $_[1] }

sub ready { return $_[1] && vec $_[0], fileno $_[1], 1 }

sub on_a_terminal {
    sysopen(my $master, '/dev/ptmx', 2 | 256) or die "cannot open a terminal: $!\n";
    my $number = pack 'i', 0;
    ioctl($master, 0x40045431, $number) && ioctl($master, 0x80045430, $number)    # TIOCSPTLCK, TIOCGPTN
        or die "cannot open a terminal: $!\n";
    my $name = '/dev/pts/' . unpack 'i', $number;
    resize($master, $lines, $columns);
    my $pid = born(sub {
        sysopen(my $slave, $name, 2) or die "cannot open $name: $!\n";
        ioctl $slave, 0x540E, 0;    # TIOCSCTTY
        return ($slave, $slave, $slave);
    });
    return ($master, $master, undef, $pid);
}

sub on_pipes {
    pipe(my $in_end, my $in) && pipe(my $out, my $out_end) && pipe(my $err, my $err_end)
        or die "cannot make pipes: $!\n";
    my $pid = born(sub { return ($in_end, $out_end, $err_end) });
    return ($in, $out, $err, $pid);
}

# The child leads a session, and so a group, of its own.
sub born {
    my ($ends) = @_;
    my $pid = fork;
    die "cannot start a process: $!\n" if !defined $pid;
    return $pid if $pid;
    syscall 0 + $setsid;
    $SIG{$_} = 'DEFAULT' for 'PIPE', 'TERM', 'HUP', 'INT', 'CHLD';
    my ($in, $out, $err) = $ends->();
    open STDIN, '<&', $in;
    open STDOUT, '>&', $out;
    open STDERR, '>&', $err;
    my ($shell) = grep { -x } '/bin/bash', '/bin/sh';
    $ENV{SHELL} = $shell;
    my ($name) = $shell =~ m{([^/]+)$};
    defined $command ? exec $shell, '-c', $command : exec { $shell } "-$name";
    syswrite STDERR, "cannot run $shell: $!\n";
    exit 126;
}

sub pidfd {
    my $number = syscall 434, $pid, 0;
    return if $number < 0;
    open my $opened, '<&=', $number;
    return $opened;
}

sub resize { ioctl $_[0], 0x5414, pack 'S4', $_[1], $_[2], 0, 0 }    # TIOCSWINSZ

sub reap {
    return if defined $code || waitpid($pid, 1) <= 0;
    $code = $? & 127 ? 128 + ($? & 127) : $? >> 8;
}

sub take_orders {
    my $count = sysread $server, $heard, 65536, length $heard;
    return if !defined $count && ($! == 4 || $! == 11);
    return hang_up() if !$count;
    while (length $heard >= 5) {
        my ($kind, $length) = unpack 'aN', $heard;
        last if length($heard) < 5 + $length;
        my $body = substr $heard, 5, $length;
        substr($heard, 0, 5 + $length) = '';
        if ($kind eq 'd') { $typed .= $body if $keys && !$typed_all }
        elsif ($kind eq 'e') { end_of_input() }
        elsif ($kind eq 'w') { resize($keys, split / /, $body) if $lines && $keys }
        elsif ($kind eq 's') { kill $body, -$pid if $body =~ /^[A-Z0-9]+$/ && !defined $code }
        elsif ($kind eq 't') { doom('TERM', 2) }
    }
}

sub end_of_input {
    if ($lines) { $typed .= "\4"; $ended = time }    # a terminal has no other end
    $typed_all = 1;
    shut() if !length $typed;
}

# Said again until it is heard: who sets the terminal up anew loses what was typed before, as a shell does at its start.
sub end_again {
    $typed .= "\4" if $keys && !length $typed;
    $ended = time;
}

sub shut {
    return if $lines || !$keys;
    close $keys;
    undef $keys;
}

sub type {
    my $count = syswrite $keys, $typed, length $typed;
    if (defined $count) { substr($typed, 0, $count) = '' }
    elsif ($! != 4 && $! != 11) { $typed = ''; $typed_all = 1 }
    shut() if $typed_all && !length $typed;
}

sub hear {
    my ($from, $kind, $gone) = @_;
    my $count = sysread $from, my $bytes, 65536;
    return 0 if !defined $count && ($! == 4 || $! == 11);
    if (!$count) { undef $$gone; return 0 }    # also EIO, when a terminal has nobody left
    $told .= pack('aN', $kind, $count) . $bytes if $server;
    return $count;
}

sub answer {
    my $count = syswrite $server, $told, length $told;
    if (defined $count) { substr($told, 0, $count) = '' }
    elsif ($! != 4 && $! != 11) { hang_up() }
}

# Nobody is there any more: neither is the terminal, and what was started goes.
sub hang_up {
    undef $server;
    $told = '';
    doom('HUP', 0);
    if ($lines && $keys) { close $keys; undef $keys; undef $out }
}

sub doom {
    my ($signal, $grace) = @_;
    kill $signal, -$pid;
    kill 'CONT', -$pid;
    $doom = time + $grace + 1 if !$doom;
}

sub end_what_is_doomed { kill 'KILL', -$pid if time >= $doom }

# What was printed before the end is in the pipes, which hold 1 MiB at most; whoever still writes is not waited for.
sub finish {
    for my $drained (0 .. 64) { last if !$out || !hear($out, 'o', \$out) }
    for my $drained (0 .. 64) { last if !$err || !hear($err, 'e', \$err) }
    exit if !$server;
    # Whoever hears of the end hangs up, and that must not reach what the command left running.
    $SIG{TERM} = 'IGNORE';
    fcntl $server, 4, 0;
    $told .= pack('aN', 'x', length $code) . $code;
    while (length $told) {
        my $count = syswrite $server, $told, length $told;
        if (defined $count) { substr($told, 0, $count) = '' }
        elsif ($! != 4) { last }
    }
    exit;
}
