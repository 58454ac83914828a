#!/usr/bin/perl
# Kills guitai restore --force at each of its calls that change the disk, and
# starts the till again: it must be the old one whole or the restored one whole,
# with its key and its catalogue, and nothing else may be left.
#
# usage: restore_killed.pl GUITAI SCRATCH OLD BACKUP NEW
#   OLD, NEW  folders of the till before, and of one restored in peace
use strict;
use warnings;
use Digest::SHA;
use File::Copy qw(copy);

my ($guitai, $scratch, $old, $backup, $new) = @ARGV;
my @calls = qw(rename mkdir rmdir unlink fsync fdatasync ftruncate);
my $dir = "$scratch/killed";
my ($kills, $wrong, %ended) = (0, 0);

sub why_no_trace {
	my $why = `strace -f -e trace=rename -o /dev/null true 2>&1`;

	return '' if $? == 0;
	return $? == -1 ? 'there is no strace: install the package strace' : $why || 'strace failed';
}

sub digest {
	my ($file) = @_;

	return -e $file ? Digest::SHA->new(256)->addfile($file)->hexdigest : 'none';
}

# All that a till is, as one text.
sub till {
	my ($of) = @_;
	my $journal = `'$guitai' journal export --dir '$of' 2>&1`;

	return join "\n", $?, $journal, digest("$of/till.key"), digest("$of/catalog.db");
}

sub fresh {
	system 'rm', '-rf', $dir;
	system('cp', '-a', $old, $dir) == 0 or die "cp fails\n";
}

# Runs the restore with a kill at the n-th such call; false when it came to its
# end before that.
sub killed_at {
	my ($call, $n) = @_;

	system 'strace', '-f', '-qq', '-o', "$scratch/trace", '-e', "trace=$call",
		'-e', "inject=$call:signal=SIGKILL:when=$n",
		$guitai, "restore", $backup, "--force", "--dir", $dir;
	return ($? & 127) == 9 || $? >> 8 == 137;
}

# The next start of the till, which does nothing of its own.
sub start_again {
	my $said = `echo tray | '$guitai' batch --dir '$dir' 2>&1`;

	return $? == 0 ? '' : "the till does not start: $said";
}

sub left_over {
	opendir my $list, $dir or die "$dir: $!\n";
	my @odd = grep { !/^(?:\.\.?|till\.lock|till\.key|journal\.db|catalog\.db|catalog\.db\.lock|restore\.new|replaced-[-\d]+)$/ }
		readdir $list;

	return @odd ? "left behind: @odd" : '';
}

my ($then, $now) = (till($old), till($new));
my $why = why_no_trace();
die "restore_killed.pl: cannot trace programs here: $why\n" if $why;
$then ne $now or die "the two tills are the same\n";
for my $call (@calls) {
	for (my $n = 1; ; $n++) {
		fresh();
		last unless killed_at($call, $n);
		$kills++;
		my $bad = start_again() || left_over();
		my $is = till($dir);
		$ended{$is eq $then ? 'old' : $is eq $now ? 'new' : 'neither'}++;
		$bad ||= 'it is neither till' if $is ne $then && $is ne $now;
		next unless $bad;
		print "killed at $call $n: $bad\n";
		$wrong++;
	}
}
printf "%d kills: the old till %d times, the restored one %d times, wrong %d times\n",
	$kills, $ended{old} // 0, $ended{new} // 0, $wrong;
exit($wrong || !$ended{old} || !$ended{new} ? 1 : 0);
