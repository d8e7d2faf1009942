# The inside end of the one line between a server and a computer that is a pod. It comes over that line itself, so that
# an image needs nothing but perl. What calls in here (the resident shell, its dialogues, whoever wants out through
# the proxy) becomes a channel of the line, and so does each piece of work on files that the server asks for. Nobody
# listens on the pod's own address, and nothing in here is ever connected to from outside.
#
#   a frame, both ways: a letter, a channel, a length and that many bytes
#   c we call the server's socket of that name   o the server asks for work   d data   e end of data   x it is over
#   a so many bytes were taken: no more than a window is under way, so nobody who listens slowly holds up the others
#   n nothing, but still here
use strict;

my ($shell, $files, $prctl, $limit, $name, $folder) = split /\0/, take(unpack 'N', take(4)), -1;
my ($input, $next, $heard, %channel, $calls, $proxy) = ('', 2, time);
my ($window, $patience) = (262144, 90);

$SIG{PIPE} = $SIG{TERM} = $SIG{HUP} = $SIG{INT} = 'IGNORE';
$SIG{CHLD} = 'IGNORE';
start_the_shell() if length $shell;

while (time - $heard < $patience) {
    my ($readable, $writable) = ('', '');
    vec($readable, fileno $_, 1) = 1 for grep { $_ } \*STDIN, $calls, $proxy;
    for my $line (values %channel) {
        vec($readable, fileno $line->{end}, 1) = 1 if !$line->{read} && $line->{credit} > 0;
        vec($writable, fileno $line->{end}, 1) = 1 if length $line->{out};
    }
    next if select($readable, $writable, undef, 5) <= 0;
    if (vec($readable, fileno STDIN, 1)) { take_frames() or last }
    answer($calls, '') if $calls && vec($readable, fileno $calls, 1);
    answer($proxy, 'door') if $proxy && vec($readable, fileno $proxy, 1);
    for my $line (map { $_ } values %channel) {
        my $number = fileno $line->{end};
        flush($line) if defined $number && vec($writable, $number, 1);
        hear($line) if defined $number && $channel{ $line->{id} } && vec($readable, $number, 1);
    }
}
# The server is gone: the pod's first process ends on this, and everything in here with it.
kill 'TERM', 1 if slurp('/proc/1/cmdline') =~ /drover computer/;

sub start_the_shell {
    socket($calls, 1, 1, 0) && bind($calls, pack('Sa108', 1, "\0$name")) && listen($calls, 128)
        or die "cannot listen for the shell: $!\n";
    socket($proxy, 2, 1, 0) && setsockopt($proxy, 1, 2, 1)
        && bind($proxy, pack('Sna4x8', 2, 3128, "\x7f\0\0\1")) && listen($proxy, 128)
        or die "cannot listen on 127.0.0.1:3128: $!\n";
    my $pid = fork;
    die "cannot start a process: $!\n" if !defined $pid;
    return if $pid;
    $SIG{$_} = 'DEFAULT' for 'PIPE', 'TERM', 'HUP', 'INT', 'CHLD';
    exec 'perl', '-e', $shell, '--', "\@$name/shell", $prctl, $limit, $folder, '' or exit 127;
}

sub answer {
    my ($listener, $called) = @_;
    accept(my $end, $listener) or return;
    my $line = add($end, $next);
    $next += 2;
    $line->{called} = $called;
    frame('c', $line->{id}, $called) if $called;
}

sub add {
    my ($end, $id) = @_;
    fcntl $end, 4, 2048;    # F_SETFL, O_NONBLOCK
    return $channel{$id} = { id => $id, end => $end, credit => $window, out => '', called => 'work', word => '' };
}

sub take_frames {
    my $count = sysread STDIN, $input, 65536, length $input;
    return 1 if !defined $count && ($! == 4 || $! == 11);
    return 0 if !$count;
    $heard = time;
    while (length $input >= 9) {
        my ($kind, $id, $length) = unpack 'aNN', $input;
        last if length($input) < 9 + $length;
        my $body = substr $input, 9, $length;
        substr($input, 0, 9 + $length) = '';
        my $line = $channel{$id};
        if ($kind eq 'n') { frame('n', 0, '') }
        elsif ($kind eq 'o') { work($id) }
        elsif (!$line) { next }
        elsif ($kind eq 'd') { $line->{out} .= $body; flush($line) }
        elsif ($kind eq 'e') { $line->{ending} = 1; flush($line) }
        elsif ($kind eq 'a') { $line->{credit} += unpack 'N', $body }
        else { drop($line) }
    }
    return 1;
}

# Each piece of work has a process of its own, which ends with it.
sub work {
    my ($id) = @_;
    socketpair(my $ours, my $theirs, 1, 1, 0) or return frame('x', $id, '');
    my $pid = fork;
    return frame('x', $id, '') if !defined $pid;
    if ($pid) { add($ours, $id); return }
    $SIG{$_} = 'DEFAULT' for 'PIPE', 'TERM', 'HUP', 'INT', 'CHLD';
    open STDIN, '<&', $theirs;
    open STDOUT, '>&', $theirs;
    @ARGV = ($folder, getppid);
    close $_ for grep { $_ } $theirs, $ours, $calls, $proxy, map { $_->{end} } values %channel;
    %channel = ();
    eval $files;
    exit;
}

sub hear {
    my ($line) = @_;
    my $most = $line->{credit} < 32768 ? $line->{credit} : 32768;
    my $count = sysread $line->{end}, my $bytes, $most;
    return if !defined $count && ($! == 4 || $! == 11);
    if (!$count) {
        $line->{read} = 1;
        $line->{called} ? frame('e', $line->{id}, '') : drop($line);
        return finish($line);
    }
    if (!$line->{called}) {
        $line->{word} .= $bytes;
        return length $line->{word} > 100 ? drop($line) : undef if $line->{word} !~ s/^(\w+)\n//;
        $line->{called} = $1;
        frame('c', $line->{id}, $1);
        $bytes = $line->{word};
    }
    $line->{credit} -= length $bytes;
    frame('d', $line->{id}, $bytes) if length $bytes;
    return 1;
}

sub flush {
    my ($line) = @_;
    while (length $line->{out}) {
        my $count = syswrite $line->{end}, $line->{out};
        if (!defined $count) {
            next if $! == 4;
            return if $! == 11;
            # It takes nothing more, and what it said before it went is still to be passed on.
            $line->{written} = 1;
            1 while $channel{ $line->{id} } && $line->{credit} && hear($line);
            frame('x', $line->{id}, '');
            return drop($line);
        }
        substr($line->{out}, 0, $count) = '';
        frame('a', $line->{id}, pack 'N', $count);
    }
    if ($line->{ending} && !$line->{written}) {
        $line->{written} = 1;
        shutdown $line->{end}, 1;
    }
    finish($line);
}

sub finish { drop($_[0]) if $_[0]{read} && $_[0]{written} }

# Processes that were begun meanwhile may hold it too, so it is not only closed.
sub drop {
    my ($line) = @_;
    delete $channel{ $line->{id} } or return;
    shutdown $line->{end}, 2;
    close $line->{end};
}

sub frame {
    my ($kind, $id, $bytes) = @_;
    my $frame = pack('aNN', $kind, $id, length $bytes) . $bytes;
    for (my $at = 0; $at < length $frame;) {
        my $count = syswrite STDOUT, $frame, length($frame) - $at, $at;
        if (defined $count) { $at += $count }
        elsif ($! == 11) { select undef, undef, undef, 0.005 }
        elsif ($! != 4) { $heard = 0; return }
    }
}

sub slurp {
    open my $file, '<', $_[0] or return '';
    local $/;
    return scalar <$file>;
}
