# The server's side of SFTP, version 3 (draft-ietf-secsh-filexfer-02), as the agent's own user inside its computer: so
# what the agent may not read or write, nobody may from here, and a link leads where it leads for the agent.
# Plain Perl without a single module, as the resident shell is.
use strict;

my ($NO_SUCH_FILE, $DENIED, $FAILURE, $BAD_MESSAGE, $UNSUPPORTED, $END) = (2, 3, 4, 5, 8, 1);
my ($largest, $next, %open) = (262144, 0);
my %extensions = ('posix-rename@openssh.com' => 1, 'hardlink@openssh.com' => 1, 'fsync@openssh.com' => 1);
my %does = (
    3 => \&open_file, 4 => \&close_handle, 5 => \&read_file, 6 => \&write_file, 7 => sub { attributes(lstat $_[0]->()) },
    8 => sub { attributes(stat handle($_[0]->())) }, 9 => sub { set($_[0], $_[0]->()) },
    10 => sub { set($_[0], handle($_[0]->())) }, 11 => \&open_folder, 12 => \&read_folder,
    13 => sub { done(unlink $_[0]->()) }, 14 => \&make_folder, 15 => sub { done(rmdir $_[0]->()) },
    16 => sub { names(real($_[0]->())) }, 17 => sub { attributes(stat $_[0]->()) }, 18 => \&rename_new,
    19 => \&read_link, 20 => \&make_link, 200 => \&extended,
);

$0 = 'sftp';
while (1) {
    my $length = unpack 'N', take(4);
    exit 1 if $length < 1 || $length > $largest + 1024;
    my ($kind, $packet) = unpack 'C a*', take($length);
    if ($kind == 1) {
        give(2, pack 'N (N/a* N/a*)*', 3, %extensions);
        next;
    }
    my ($id, $at) = (unpack('N', $packet), 4);
    my $field = sub {    # the next string, or with a template the next numbers
        my ($template, $size) = @_;
        if ($template) { my @numbers = unpack "x$at $template", $packet; $at += $size; return @numbers }
        my $text = unpack "x$at N/a*", $packet;
        $at += 4 + length $text;
        return $text;
    };
    my $answer = eval { my $does = $does{$kind}; $does ? $does->($field) : status($UNSUPPORTED, 'not offered') };
    $answer = ref $@ ? ${ $@ } : status($BAD_MESSAGE, 'cannot be read') if !defined $answer;
    my ($type, $body) = unpack 'C a*', $answer;
    give($type, pack('N', $id) . $body);
}

sub take {
    my ($wanted) = @_;
    my $bytes = '';
    while (length $bytes < $wanted) {
        my $count = sysread STDIN, $bytes, $wanted - length $bytes, length $bytes;
        exit if defined $count && !$count || !defined $count && $! != 4;
    }
    return $bytes;
}

sub give {
    my ($type, $body) = @_;
    my $packet = pack('N C', 1 + length $body, $type) . $body;
    for (my $at = 0; $at < length $packet;) {
        my $count = syswrite STDOUT, $packet, length($packet) - $at, $at;
        if (defined $count) { $at += $count }
        elsif ($! != 4) { exit }
    }
}

# An answer is its type and what follows the request's number.
sub status { return pack 'C N N/a* N/a*', 101, $_[0], $_[1], '' }

sub failed {
    my ($number, $text) = ($! + 0, "$!");
    return status($number == 2 || $number == 20 ? $NO_SUCH_FILE : $number == 1 || $number == 13 || $number == 30
        ? $DENIED : $FAILURE, $text);
}

sub done { return $_[0] ? status(0, 'done') : failed() }

sub handle { my $open = $open{ $_[0] }; return $open || die \status($FAILURE, 'no such handle') }

sub opened {
    my ($thing) = @_;
    $open{ ++$next } = $thing;
    return pack 'C N/a*', 102, $next;
}

sub open_file {
    my ($field) = @_;
    my $path = $field->();
    my ($wanted, $has) = $field->('N N', 8);
    my $flags = ($wanted & 2 ? $wanted & 1 ? 2 : 1 : 0) | 256 | 2048;    # O_NOCTTY; O_NONBLOCK, lest a FIFO hold us up
    $flags |= 1024 if $wanted & 4;
    $flags |= 64 if $wanted & 8;
    $flags |= 512 if $wanted & 16;
    $flags |= 128 if $wanted & 32;
    my $given = given($field, $has);
    my $mode = defined $given->{mode} ? $given->{mode} & 0777 : 0666;
    return status($FAILURE, 'there may be 200 open files') if keys %open >= 200;
    sysopen(my $file, $path, $flags, $mode) or return failed();
    return opened($file);
}

sub close_handle {
    my $name = $_[0]->();
    my $thing = handle($name);
    delete $open{$name};
    return done(ref $thing eq 'ARRAY' || close $thing);
}

sub read_file {
    my ($field) = @_;
    my $file = handle($field->());
    my ($offset, $length) = $field->('Q> N', 12);
    sysseek $file, $offset, 0;
    my $count = sysread $file, my $bytes, $length > $largest ? $largest : $length;
    return !defined $count ? failed() : $count ? pack('C N/a*', 103, $bytes) : status($END, 'the end');
}

sub write_file {
    my ($field) = @_;
    my $file = handle($field->());
    my ($offset) = $field->('Q>', 8);
    my $bytes = $field->();
    sysseek $file, $offset, 0;
    for (my $at = 0; $at < length $bytes;) {
        my $count = syswrite $file, $bytes, length($bytes) - $at, $at;
        return failed() if !defined $count;
        $at += $count;
    }
    return status(0, 'done');
}

sub open_folder {
    my $path = $_[0]->();
    opendir(my $folder, $path) or return failed();
    my @names = sort readdir $folder;
    closedir $folder;
    return opened([$path, @names]);
}

sub read_folder {
    my $folder = handle($_[0]->());
    return status($FAILURE, 'not a folder') if ref $folder ne 'ARRAY';
    my ($path, @shown) = $folder->[0];
    while (@shown < 100 && @$folder > 1) {
        my $name = splice @$folder, 1, 1;
        my @stat = lstat "$path/$name";
        push @shown, pack('N/a* N/a*', $name, long($name, @stat)) . packed(@stat) if @stat;
    }
    return @shown ? pack('C N', 104, scalar @shown) . join '', @shown : status($END, 'the end');
}

sub make_folder {
    my ($field) = @_;
    my $path = $field->();
    my $given = given($field, $field->('N', 4));
    return done(mkdir $path, defined $given->{mode} ? $given->{mode} & 0777 : 0777);
}

# In version 3 this does not replace what is there; clients that want that say posix-rename.
sub rename_new {
    my ($field) = @_;
    my ($from, $to) = ($field->(), $field->());
    return status($FAILURE, "$to is there already") if lstat $to;
    return done(rename $from, $to);
}

sub read_link {
    my $target = readlink $_[0]->();
    return defined $target ? names($target) : failed();
}

# OpenSSH has had the two the wrong way round for ever, and so has everybody.
sub make_link {
    my ($field) = @_;
    my ($target, $path) = ($field->(), $field->());
    return done(symlink $target, $path);
}

sub extended {
    my ($field) = @_;
    my $name = $field->();
    if ($name eq 'posix-rename@openssh.com') { my ($from, $to) = ($field->(), $field->()); return done(rename $from, $to) }
    if ($name eq 'hardlink@openssh.com') { my ($from, $to) = ($field->(), $field->()); return done(link $from, $to) }
    if ($name eq 'fsync@openssh.com') { my $file = handle($field->()); return status(0, 'done') }
    return status($UNSUPPORTED, 'not offered');
}

sub attributes { return @_ ? pack('C', 105) . packed(@_) : failed() }

sub names {
    my ($path) = @_;
    return defined $path ? pack 'C N N/a* N/a* N', 104, 1, $path, $path, 0 : failed();
}

# Size, owner, mode and times; which is all there is in version 3.
sub packed { return pack 'N Q> N5', 15, $_[7], $_[4], $_[5], $_[2], $_[8], $_[9] }

sub given {
    my ($field, $has) = @_;
    my %given;
    ($given{size}) = $field->('Q>', 8) if $has & 1;
    @given{'user', 'group'} = $field->('N N', 8) if $has & 2;
    ($given{mode}) = $field->('N', 4) if $has & 4;
    @given{'read', 'changed'} = $field->('N N', 8) if $has & 8;
    return \%given;
}

sub set {
    my ($field, $file) = @_;
    my $given = given($field, $field->('N', 4));
    my $well = 1;
    $well &&= truncate $file, $given->{size} if defined $given->{size};
    $well &&= chown $given->{user}, $given->{group}, $file if defined $given->{user};
    $well &&= chmod $given->{mode} & 07777, $file if defined $given->{mode};
    $well &&= utime $given->{read}, $given->{changed}, $file if defined $given->{read};
    return done($well);
}

# Absolute, without links; what is not there yet is named as if it were.
sub real {
    my @ahead = split m{/}, $_[0];
    my ($at, $links) = ($_[0] =~ m{^/} ? '' : here(), 0);
    while (@ahead) {
        my $part = shift @ahead;
        next if $part eq '' || $part eq '.';
        if ($part eq '..') { $at =~ s{/[^/]*$}{}; next }
        my $target = readlink "$at/$part";
        if (!defined $target) { $at .= "/$part"; next }
        if (++$links > 40) { $! = 40; return }
        $at = '' if $target =~ m{^/};
        unshift @ahead, split m{/}, $target;
    }
    return $at eq '' ? '/' : $at;
}

sub here { my $here = readlink '/proc/self/cwd'; return $here eq '/' ? '' : $here }

# A line as ls -l has it, which clients show as it is.
sub long {
    my ($name, @stat) = @_;
    my $kind = { 4 => 'd', 10 => 'l', 2 => 'c', 6 => 'b', 1 => 'p', 12 => 's' }->{ $stat[2] >> 12 } || '-';
    my @rights = map { ($stat[2] >> $_ & 4 ? 'r' : '-', $stat[2] >> $_ & 2 ? 'w' : '-', $stat[2] >> $_ & 1 ? 'x' : '-') } 6, 3, 0;
    my ($minute, $hour, $day, $month, $year) = (gmtime $stat[9])[1 .. 5];
    my $when = abs(time - $stat[9]) < 15768000 ? sprintf '%02d:%02d', $hour, $minute : 1900 + $year;
    my $owner = $stat[4] == $> && $ENV{USER} || $stat[4];
    return sprintf '%s%s %3d %-8s %-8s %8d %s %2d %5s %s', $kind, join('', @rights), $stat[3], $owner,
        $stat[5] == $) + 0 ? $owner : $stat[5], $stat[7],
        (qw(Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec))[$month], $day, $when, $name;
}
