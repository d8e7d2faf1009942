# One piece of work in a computer that the server cannot look into: what it does by file calls elsewhere. Paths are
# gone a step at a time, links are read and followed here, and nothing outside the home is touched, so that the server
# means the same file as somebody inside does. It runs as the agent itself: all that it can reach, the agent can.
#
#   asked on standard input:  a length, then words between NULs; for some work bytes follow
#   answered: a length, then words between NULs: "ok" and more, or "refused", "missing", "kind", "failed" and why
use strict;

my ($home, $relay) = @ARGV;
my @roots = ($home, '/workspace');
my ($most_links, $most_folders, $moment) = (40, 200, 0.02);
my %work = (
    way => \&way, stat => \&tell, read => \&read_file, open => \&open_file, list => \&list, write => \&write_file,
    delete => \&delete_file, remove => \&remove, used => \&used, use => \&use_now, facts => \&facts,
    farewell => \&farewell,
);

my ($what, @with) = split /\0/, take_from(unpack 'N', take_from(4)), -1;
eval { $work{$what}->(@with); 1 } or do {
    my ($kind, $why) = ref $@ ? @{ $@ } : ('failed', $@);
    answer_with($kind, $why);
};

sub take_from {
    my ($length, $bytes) = (shift, '');
    while (length $bytes < $length) { sysread STDIN, $bytes, $length - length $bytes, length $bytes or exit }
    return $bytes;
}

sub answer_with {
    my $words = join "\0", @_;
    put(pack('N', length $words) . $words);
}

sub put {
    my ($bytes) = @_;
    for (my $at = 0; $at < length $bytes;) {
        my $count = syswrite STDOUT, $bytes, length($bytes) - $at, $at;
        exit if !defined $count && $! != 4;
        $at += $count || 0;
    }
}

sub fail { die [@_] }

sub failed { fail($! == 2 || $! == 36 ? 'missing' : 'failed', $!{ENOSPC} ? 'the disk is full' : "$!") }

# Goes a way; gives its parts, of which the last need not be there. Missing folders are made when there is a maker.
sub walk {
    my ($path, $keep, $make) = @_;
    my ($links, @names) = (0);
    my @ahead = parts($path, $path, \@names);
    while (@ahead) {
        my $part = shift @ahead;
        if ($part eq '..') {
            fail('refused', '..') if !@names;
            pop @names;
            next;
        }
        my $here = join '/', $home, @names, $part;
        if (!lstat $here) {
            failed() if $! != 2;
            return (@names, $part) if !@ahead;
            return (@names, $part, @ahead) if defined $make && $make eq 'look';
            fail('missing', '') if !$make;
            mkdir $here, 0755 or $!{EEXIST} or failed();
            lstat $here;
        }
        if (-l _ && (@ahead || !$keep)) {
            fail('refused', 'more than ' . $most_links . ' symbolic links') if ++$links > $most_links;
            unshift @ahead, parts(readlink $here, $path, \@names);
        }
        elsif (!@ahead || -d _) { push @names, $part }
        else { fail('missing', "'$part' is not a folder") }
        fail('refused', "more than $most_folders folders") if @names > $most_folders + 1;
    }
    return @names;
}

sub parts {
    my ($way, $path, $names) = @_;
    if ($way =~ m{^/}) {
        my ($root) = grep { $way eq $_ || index($way, "$_/") == 0 } @roots;
        fail('refused', $way eq $path ? '' : $way) if !defined $root;
        $way = substr $way, length $root;
        @$names = ();
    }
    return grep { $_ ne '' && $_ ne '.' } split m{/}, $way;
}

sub full { join '/', $home, @_ }
sub spelled { @_ ? join '/', @_ : '.' }

# Kind, size and time of what was looked at last.
sub looks {
    my $kind = -l _ ? 'l' : -d _ ? 'd' : -f _ ? 'f' : 'p';
    my ($mode, $size, $modified) = (stat _)[2, 7, 9];
    return ($kind, $kind eq 'f' ? $size : 0, $modified, $mode & 07777);
}

sub way {
    my ($path, $keep, $make) = @_;
    my @names = walk($path, $keep, $make && 'look');
    answer_with('ok', spelled(@names), lstat full(@names) ? looks() : ('', 0, 0, 0));
}

sub found {
    my ($path, $keep) = @_;
    my @names = walk($path, $keep);
    lstat full(@names) or failed();
    return @names;
}

sub tell {
    my @names = found(@_);
    answer_with('ok', spelled(@names), looks());
}

# A regular file, opened; a pipe in its place would not keep us waiting.
sub opened {
    my @names = found(@_);
    my ($kind) = looks();
    fail('kind', $kind) if $kind ne 'f';
    sysopen my $file, full(@names), 0x800 | 0x20000 or failed();    # O_NONBLOCK, O_NOFOLLOW
    my ($mode, $size, $modified) = (stat $file)[2, 7, 9];
    fail('kind', 'p') if !-f _;
    return ($file, spelled(@names), 'f', $size, $modified, $mode & 07777);
}

sub read_file {
    my ($path, $keep, $left) = @_;
    my ($file, @facts) = opened($path, $keep);
    answer_with('ok', @facts);
    while ($left > 0) {
        my $count = sysread $file, my $bytes, $left < 65536 ? $left : 65536;
        last if !$count;
        put($bytes);
        $left -= $count;
    }
}

# Stays, and gives a part each time it is asked: where it begins (8 bytes) and how long it is (4).
sub open_file {
    my ($file, @facts) = opened($_[0], 0);
    answer_with('ok', @facts);
    while (1) {
        my ($at, $length) = unpack 'Q>N', take_from(12);
        sysseek $file, $at, 0;
        my $count = sysread $file, my $bytes, $length;
        put(pack('N', $count || 0) . ($bytes // ''));
    }
}

# All that is below a folder, nearer ones first: a line of kind, size, time and path each, with a NUL for its end.
sub list {
    my ($path, $keep, $depth, $most, $follow) = @_;
    my @names = found($path, $keep);
    my ($kind, @facts) = looks();
    fail('kind', $kind) if $kind ne 'd';
    answer_with('ok', spelled(@names), $kind, @facts);
    my @level = ('');
    while (@level && $depth-- > 0) {
        my @deeper;
        for my $folder (@level) {
            opendir my $all, full(@names) . "/$folder" or next;
            while (defined(my $name = readdir $all)) {
                next if $name eq '.' || $name eq '..';
                return put("more 0 0 \0") if $most-- <= 0;
                my $at = "$folder$name";
                lstat full(@names) . "/$at" or next;
                my ($kind, $size, $modified) = looks();
                push @deeper, "$at/" if $kind eq 'd';
                ($kind, $size, $modified) = led_to(spelled(@names, $at)) if $kind eq 'l' && $follow;
                put("$kind $size $modified $at\0");
            }
        }
        @level = @deeper;
    }
}

# What a link leads to, in capitals; a link that leads nowhere or outside stays one.
sub led_to {
    my ($path) = @_;
    my @names = eval { found($path, 0) };
    return ('l', 0, 0) if $@;
    lstat full(@names) or return ('l', 0, 0);
    my ($kind, $size, $modified) = looks();
    return $kind =~ /[df]/ ? (uc $kind, $size, $modified) : ('l', 0, 0);
}

# Where it was judged that it may, and nowhere else.
sub meant {
    my ($way, @names) = @_;
    fail('failed', "it leads somewhere else by now; try again") if spelled(@names) ne $way;
}

sub write_file {
    my ($path, $way, $size, $mode) = @_;
    my @names = walk($path, 0, 'make');
    meant($way, @names);
    fail('kind', 'd') if !@names;
    my $target = full(@names);
    my $kept = 0644;
    if (lstat $target) {
        my ($kind, @old) = looks();
        fail('kind', 'd') if $kind eq 'd';
        $kept = $old[2] & 0777 if $kind eq 'f';
    }
    pop @names;
    my $staged = full(@names) . sprintf '/.drover-%d-%d', $$, time;
    sysopen my $file, $staged, 0x1 | 0x40 | 0x80, 0600 or failed();    # O_WRONLY, O_CREAT, O_EXCL
    my $done = eval {
        my $left = $size;
        while ($left > 0) {
            my $count = sysread STDIN, my $bytes, $left < 65536 ? $left : 65536;
            fail('failed', 'its bytes ended early') if !$count;
            $left -= $count;
            for (my $at = 0; $at < $count;) { $at += syswrite($file, $bytes, $count - $at, $at) // failed() }
        }
        close $file or failed();
        chmod length $mode ? oct $mode : $kept, $staged;
        rename $staged, $target or failed();
    };
    if (!$done) { my $why = $@; unlink $staged; die $why }
    answer_with('ok');
}

sub delete_file {
    my ($path, $way) = @_;
    my @names = found($path, 1);
    meant($way, @names);
    fail('kind', 'd') if -d _;
    unlink full(@names) or failed();
    answer_with('ok');
}

sub remove {
    my ($path, $way) = @_;
    my @names = found($path, 1);
    meant($way, @names);
    if (!-d _) {
        unlink full(@names) or failed();
        return answer_with('ok', 'f', 1);
    }
    answer_with('ok', 'd', clear(full(@names)));
}

sub clear {
    my ($folder) = @_;
    my $files = 0;
    opendir my $all, $folder or failed();
    for my $name (grep { $_ ne '.' && $_ ne '..' } readdir $all) {
        lstat "$folder/$name" or next;
        if (-d _) { $files += clear("$folder/$name") }
        else { unlink "$folder/$name" or failed(); $files++ }
    }
    rmdir $folder or failed();
    return $files;
}

# Whatever it is, it takes a block; so a million empty files are not free.
sub used {
    my ($sum, @folders) = (0, $home);
    while (defined(my $folder = shift @folders)) {
        opendir my $all, $folder or next;
        while (defined(my $name = readdir $all)) {
            next if $name eq '.' || $name eq '..';
            lstat "$folder/$name" or next;
            my $size = (stat _)[7] || 1;
            $sum += 4096 * int(($size + 4095) / 4096);
            push @folders, "$folder/$name" if -d _;
        }
    }
    answer_with('ok', $sum);
}

# What its control group says; where none is shown, what its processes say.
sub use_now {
    my $group = '/sys/fs/cgroup';
    my ($memory, $cpu, $processes) = map { word($_) } "$group/memory.current", "$group/cpu.stat", "$group/pids.current";
    if (defined $memory) {
        my $text = slurped("$group/memory.stat");
        $memory -= $1 for $text =~ /^(?:in)?active_file (\d+)/mg;
        ($cpu) = slurped("$group/cpu.stat") =~ /^usage_usec (\d+)/m;
        $cpu /= 1e6;
    }
    elsif (defined($memory = word("$group/memory/memory.usage_in_bytes"))) {
        my $text = slurped("$group/memory/memory.stat");
        $memory -= $1 for $text =~ /^total_(?:in)?active_file (\d+)/mg;
        $cpu = (word("$group/cpuacct/cpuacct.usage") // word("$group/cpu,cpuacct/cpuacct.usage") // 0) / 1e9;
        $processes = word("$group/pids/pids.current");
    }
    else { ($memory, $cpu, $processes) = of_processes() }
    answer_with('ok', $memory > 0 ? $memory : 0, $cpu, $processes // (of_processes())[2]);
}

sub of_processes {
    my ($memory, $cpu, $count) = (0, 0, 0);
    for my $status (glob '/proc/[0-9]*/status') {
        my $text = slurped($status);
        $memory += 1024 * ($text =~ /^RssAnon:\s*(\d+)/m ? $1 : 0);
        $count += $text =~ /^Threads:\s*(\d+)/m ? $1 : 0;
        (my $stat = $status) =~ s/us$//;
        my @words = split ' ', slurped($stat) =~ s/.*\) //sr;
        $cpu += ($words[11] + $words[12] + $words[13] + $words[14]) / 100 if @words > 14;
    }
    return ($memory, $cpu, $count);
}

# What the shell cannot know of its surroundings; each word a name, a colon and the value.
sub facts {
    my @places = ([$ENV{KUBERNETES_SERVICE_HOST}, $ENV{KUBERNETES_SERVICE_PORT} || 443], map { [split /;/] } @_);
    my $group = '/sys/fs/cgroup';
    my ($quota, $period) = split ' ', slurped("$group/cpu.max");
    $quota //= word("$group/cpu/cpu.cfs_quota_us") // '';
    $period //= word("$group/cpu/cpu.cfs_period_us") // '';
    answer_with('ok',
        'memory:' . (word("$group/memory.max") // word("$group/memory/memory.limit_in_bytes") // ''),
        "cpu:$quota/$period",
        'processes:' . (word("$group/pids.max") // word("$group/pids/pids.max") // ''),
        'token:' . (-e '/var/run/secrets/kubernetes.io/serviceaccount/token' ? 'mounted' : 'none'),
        'reached:' . join(' ', map { "$_->[0]:$_->[1]" } grep { defined $_->[0] && reaches(@$_) } @places));
}

# Whether anything out there answers, be it with a refusal: then nothing keeps us in.
sub reaches {
    my ($host, $port) = @_;
    return 0 if $host !~ /^(\d+)\.(\d+)\.(\d+)\.(\d+)$/;
    socket(my $try, 2, 1, 0) or return 0;
    fcntl $try, 4, 2048;
    connect $try, pack('SnC4x8', 2, $port, $1, $2, $3, $4) and return 1;
    return $! == 111 if $! != 115;    # ECONNREFUSED, EINPROGRESS
    my $ready = '';
    vec($ready, fileno $try, 1) = 1;
    return 0 if select(undef, $ready, undef, 0.7) < 1;
    my $error = unpack 'i', getsockopt $try, 1, 4;    # SOL_SOCKET, SO_ERROR
    return $error == 0 || $error == 111;
}

# TERM to all but those that everything hangs on; ends when the others have.
sub farewell {
    my ($seconds) = @_;
    fail('failed', 'this is no computer') if slurped('/proc/1/cmdline') !~ /drover computer/;
    my %stays = map { $_ => 1 } 1, $$, $relay, split ' ', slurped("/proc/$relay/task/$relay/children");
    my $end = time + $seconds;
    kill 'TERM', grep { !$stays{$_} } running();
    while (time <= $end && grep { !$stays{$_} } running()) { select undef, undef, undef, $moment }
    answer_with('ok');
}

sub running {
    opendir my $all, '/proc';
    return grep { /^\d+$/ && $_ != $$ && (slurped("/proc/$_/stat") =~ /\) (\S)/ && $1 ne 'Z') } readdir $all;
}

sub word {
    my ($word) = split ' ', slurped($_[0]);
    return $word;
}

sub slurped {
    open my $file, '<', $_[0] or return '';
    local $/;
    return scalar(<$file>) // '';
}
