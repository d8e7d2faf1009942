# The one process that stays inside a computer. Over one socket the server asks for commands to be run here, side by
# side; every frame, both ways, is a letter, a number, a length and that many bytes, so nothing that a command prints
# can end its own answer. Plain Perl without a single module: it starts in 2 ms and is in every Debian's base system.
#
#   to us:    v environment   r command   c "socket NUL command NUL variables"   t TERM to the group   k KILL to it
#   from us:  h what is measured here   o e output   x "exit-code truncated"   g "truncated", its group is gone
use strict;

my ($socket, $prctl, $limit, $folder, $door) = @ARGV;
my ($input, %job, $server, $proxy) = ('');

# Orphans of commands become our children (PR_SET_CHILD_SUBREAPER): so they can be reaped and, at the end, found.
syscall(0 + $prctl, 36, 1, 0, 0, 0);
$SIG{PIPE} = $SIG{TERM} = $SIG{HUP} = $SIG{INT} = 'IGNORE';
$SIG{CHLD} = sub { };
open STDIN, '<', '/dev/null';
open STDOUT, '>', '/dev/null';
chdir $folder or die "cannot enter $folder: $!\n";

$server = call($socket =~ m{([^/]+)$}) or die "cannot reach the server: $!\n";
listen_for_the_proxy() if $door;
frame('h', 0, measured());
# What we hold (this socket) is not for commands: no longer dumpable (PR_SET_DUMPABLE), our /proc entry is closed to them.
syscall(0 + $prctl, 4, 0, 0, 0, 0);
open STDERR, '>', '/dev/null';

while (1) {
    my $ready = wait_for_something();
    reap();
    if (vec($ready, fileno $server, 1)) { take_orders() or last }
    forward_to_the_door() if $proxy && vec($ready, fileno $proxy, 1);
    for my $job (values %job) {
        for my $stream ('out', 'err') {
            pump($job, $stream) if $job->{$stream} && vec($ready, fileno $job->{$stream}, 1);
        }
        settle($job);
    }
}
end_all();

# Calls one of the server's sockets, which lie in one folder; where the server is on another machine, a relay in here
# listens under one name for all of them, with an at sign in front, and is told which is meant.
sub call {
    my ($name) = @_;
    my ($folder, $relay) = ($socket =~ m{^(.*)/}, $socket =~ m{^\@(.*)/});
    my ($line, $address) = (undef, defined $relay ? "\0$relay" : "$folder/$name");
    socket($line, 1, 1, 0) && connect($line, pack('Sa108', 1, $address)) or return;
    syswrite $line, "$name\n" if defined $relay;
    return $line;
}

sub wait_for_something {
    my ($ready, $hurry) = ('', undef);
    vec($ready, fileno $_, 1) = 1 for grep { $_ } $server, $proxy, map { @$_{'out', 'err', 'pidfd'} } values %job;
    # Neither a group that is being ended nor, without pidfd (Linux before 5.3), an exit makes a file readable.
    for my $job (values %job) { $hurry = 0.01 if !$job->{told} && ($job->{doomed} || !$job->{pidfd}) }
    return select($ready, undef, undef, $hurry) > 0 ? $ready : '';
}

sub reap {
    while ((my $pid = waitpid(-1, 1)) > 0) {
        for my $job (grep { $_->{pid} == $pid && !defined $_->{code} } values %job) {
            $job->{code} = $? & 127 ? 128 + ($? & 127) : $? >> 8;
            delete $job->{pidfd};
        }
    }
}

sub take_orders {
    my $count = sysread $server, $input, 65536, length $input;
    return 1 if !defined $count && ($! == 4 || $! == 11);
    return 0 if !$count;
    while (length $input >= 9) {
        my ($kind, $id, $length) = unpack 'aNN', $input;
        last if length($input) < 9 + $length;
        my $body = substr $input, 9, $length;
        substr($input, 0, 9 + $length) = '';
        if ($kind eq 'r') { start($id, $body) }
        elsif ($kind eq 'c') { converse($id, split /\0/, $body) }
        elsif ($kind eq 'v') { %ENV = map { split /=/, $_, 2 } split /\0/, $body }
        elsif ($job{$id} && !$job{$id}{told}) {
            $job{$id}{doomed} = 1;
            kill $kind eq 'k' ? 'KILL' : 'TERM', -$job{$id}{pid};
        }
    }
    return 1;
}

sub start {
    my ($id, $command, $line, @variables) = @_;
    pipe(my $out, my $out_end) && pipe(my $err, my $err_end) or return refuse($id);
    my $pid = fork;
    return refuse($id) if !defined $pid;
    if (!$pid) {
        become_an_ordinary_process();
        open STDOUT, '>&', $out_end;
        open STDERR, '>&', $err_end;
        talk_over($line) if $line;
        for (@variables) { my ($name, $value) = split /=/, $_, 2; $ENV{$name} = $value }
        chdir $folder or syswrite(STDERR, "cannot enter $folder: $!\n") && exit 126;
        exec '/bin/sh', '-c', $command or syswrite STDERR, "cannot run /bin/sh: $!\n";
        exit 126;
    }
    setpgrp $pid, $pid;
    fcntl $_, 4, 2048 for $out, $err;    # F_SETFL, O_NONBLOCK
    $job{$id} = { id => $id, pid => $pid, out => $out, err => $err, pidfd => scalar pidfd($pid), sent => 0, cut => 0,
        limit => $line ? 65536 : $limit };
}

# A command whose standard input and output are a socket of the server's: what flows there is between those two.
sub converse {
    my ($id, $line, $command, @variables) = @_;
    start($id, $command, $line, @variables);
}

# Only the server can put a socket beside its own, so nothing in here can pose as it.
sub talk_over {
    my $talk = call($_[0]) or syswrite(STDERR, "cannot reach the server: $!\n") && exit 126;
    open STDIN, '<&', $talk;
    open STDOUT, '>&', $talk;
}

sub become_an_ordinary_process {
    setpgrp 0, 0;
    $SIG{$_} = 'DEFAULT' for 'PIPE', 'TERM', 'HUP', 'INT', 'CHLD';
    syscall(0 + $prctl, 4, 1, 0, 0, 0);
    # When memory runs out, let it hit a command and not this shell.
    if (open my $score, '>', '/proc/self/oom_score_adj') { syswrite $score, '500' }
    open STDIN, '<', '/dev/null';
}

sub pidfd {
    my $number = syscall(434, $_[0], 0);
    return if $number < 0;
    open my $pidfd, '<&=', $number;
    return $pidfd;
}

sub refuse {
    frame('e', $_[0], "cannot start a process: $!\n");
    frame('x', $_[0], '126 0');
}

# Sends what a stream holds; after the command's answer it is only kept flowing, for the sake of children left behind.
sub pump {
    my ($job, $stream) = @_;
    my $count = sysread $job->{$stream}, my $bytes, 65536;
    return 0 if !defined $count;
    delete $job->{$stream} if !$count;
    return $count if !$count || $job->{told};
    my $room = $job->{limit} - $job->{sent};
    if ($count > $room) { $job->{cut} = 1; $bytes = substr $bytes, 0, $room }
    $job->{sent} += length $bytes;
    frame(substr($stream, 0, 1), $job->{id}, $bytes) if length $bytes;
    return $count;
}

sub settle {
    my ($job) = @_;
    if (!$job->{told} && defined $job->{code} && (!$job->{doomed} || !kill 0, -$job->{pid})) {
        # What was printed before the end is in the pipe, which holds at most 1 MiB; whoever still writes is not waited for.
        for my $stream ('out', 'err') {
            my $drained = 0;
            while ($job->{$stream} && $drained < 1048576) { $drained += pump($job, $stream) || last }
        }
        $job->{doomed}
            ? frame('g', $job->{id}, "$job->{cut}")
            : frame('x', $job->{id}, "$job->{code} $job->{cut}");
        $job->{told} = 1;
    }
    delete $job{ $job->{id} } if $job->{told} && !$job->{out} && !$job->{err};
}

sub frame {
    my ($kind, $id, $bytes) = @_;
    my $frame = pack('aNN', $kind, $id, length $bytes) . $bytes;
    for (my $at = 0; $at < length $frame;) {
        my $count = syswrite $server, $frame, length($frame) - $at, $at;
        if (defined $count) { $at += $count }
        elsif ($! != 4) { end_all() }
    }
}

# A computer without a network has its proxy here; we listen before the first command runs, so none comes too early.
sub listen_for_the_proxy {
    socket($proxy, 2, 1, 0) && setsockopt($proxy, 1, 2, 1)
        && bind($proxy, pack('Sna4x8', 2, 3128, "\x7f\0\0\1")) && listen($proxy, 128)
        or die "cannot listen on 127.0.0.1:3128: $!\n";
}

sub forward_to_the_door {
    accept(my $client, $proxy) or return;
    my $pid = fork;
    return if !defined $pid || $pid;
    become_an_ordinary_process();
    open STDIN, '<&', $client;
    # One file both ways, which socat shuts down one way when the door has said its last.
    exec 'socat', '-t60', 'FD:0,shut-down', "UNIX-CONNECT:$door" or exit 127;
}

sub measured {
    my $text = slurp('/proc/self/status') . slurp('/proc/self/limits');
    for my $space ('user', 'mnt', 'pid', 'net', 'ipc', 'uts', 'cgroup') {
        $text .= "ns.$space:\t" . (readlink("/proc/self/ns/$space") || 'none') . "\n";
    }
    my @interfaces = slurp('/proc/net/dev') =~ /^\s*(\S+?):/mg;
    my ($root) = slurp('/proc/self/mountinfo') =~ m{^\S+ \S+ \S+ \S+ / (\w+)}m;
    my $number = 0;
    for (split /\n/, slurp('/proc/self/mountinfo')) {
        my @word = split / /;
        $text .= 'mount.' . $number++ . ":\t@word[3,4,5]\n" if "$word[4]/" =~ m{^\Q$folder\E/};
    }
    return "${text}interfaces:\t@interfaces\nroot:\t$root\n";
}

sub slurp {
    open my $file, '<', $_[0] or return '';
    local $/;
    return scalar <$file>;
}

# The server is gone or has closed us: so has everything that was started here, children of children too.
sub end_all {
    while (1) {
        my @children = split ' ', slurp("/proc/self/task/$$/children");
        push @children, map { -$_->{pid} } grep { !$_->{told} } values %job;
        last if !@children || !kill 'KILL', @children;
        reap();
        select undef, undef, undef, 0.005;
    }
    exit;
}
