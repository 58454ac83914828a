#!/usr/bin/perl
# Kills the till with SIGKILL at its n-th write, for many n spread over a
# scripted hour, and starts it again: the shop must stand exactly as after the
# last command it answered, or that one and the single command it was at.
#
# usage: kill_writes.pl [--kills N] [--every] [--part P [--at CALL:N]]
#
# N kills (KILLS, default 500) are spread over the writes of the hour; --every
# kills at each. Four of five meet a write to the disk (pwrite64), the fifth an
# answer on its way out (write). --part and --at do one kill again. The hour is
# cut into parts that start from a prepared folder each, so that a kill costs a
# part and not the hour. GUITAI names the program. Needs strace and the right
# to trace; where that is missing the test fails and says so.
use strict;
use warnings;
use File::Temp qw(tempdir);
use FindBin;
use Getopt::Long;
use JSON::PP;
use lib $FindBin::Bin;
use Till;

my $kills = $ENV{KILLS} || 500;
my ($every, $only_part, $only_at);
GetOptions('kills=i' => \$kills, 'every' => \$every, 'part=i' => \$only_part,
	   'at=s' => \$only_at)
	or die "usage: kill_writes.pl [--kills N] [--every] [--part P [--at CALL:N]]\n";

my $guitai = $ENV{GUITAI} || "$FindBin::Bin/../../../build/guitai";
my $work = tempdir('guitai-kill.XXXXXX', TMPDIR => 1, CLEANUP => 1);
my $memory = -d '/dev/shm' && -w _ ? tempdir('guitai-kill.XXXXXX', DIR => '/dev/shm', CLEANUP => 1)
	   : $work;
my %stats = (kills => 0, ended => 0, answered => 0, one_more => 0, wrong => 0);

$SIG{PIPE} = 'IGNORE';
$SIG{INT} = $SIG{TERM} = sub { exit 1 };
-x $guitai or die "kill_writes.pl: $guitai is not built: run make, or set GUITAI\n";
Till::use_program($guitai, "$work/trace", "$work/log");
my $forbidden = Till::why_no_trace();
die "kill_writes.pl: cannot trace programs here: $forbidden\n" if $forbidden;

my @parts = read_hour("$FindBin::Bin/hour.batch");
Till::import_products("$FindBin::Bin/products.csv", "$memory/base0");
my @states = reference_states();
my @bases = prepare_bases();
my @writes = map { count_writes($_) } 0 .. $#parts;
my $all_writes = 0;
$all_writes += $_->{pwrite64} for @writes;
printf "%d commands in %d parts, %d writes\n", scalar(map { @$_ } @parts), scalar @parts, $all_writes;
for my $part (0 .. $#parts) {
	next if defined $only_part && $part != $only_part;
	kill_at($part, $_) for chosen_points($part);
}
printf "%d kills (%d came after the last write): %d stood as answered, %d one command further, "
	. "%d wrong\n", @stats{qw(kills ended answered one_more wrong)};
exit($stats{wrong} ? 1 : 0);

# The commands of the hour, part by part; a line "# part" begins a new one.
sub read_hour {
	my ($path) = @_;
	my @read = ([]);

	open my $in, '<', $path or die "$path: $!\n";
	while (my $line = <$in>) {
		chomp $line;
		push @read, [] if $line =~ /^# part/ && @{$read[-1]};
		push @{$read[-1]}, $line unless $line =~ /^\s*(?:#|$)/;
	}
	return @read;
}

# The state of the shop after each command of the hour, and before the first.
sub reference_states {
	my ($till, @found);

	copy_folder("$memory/base0", "$work/reference");
	$till = Till->start("$work/reference");
	@found = ($till->state);
	for my $command (map { @$_ } @parts) {
		defined $till->ask($command) or die "the till ended at \"$command\"\n" . Till::log_text();
		push @found, $till->state;
	}
	$till->end;
	return @found;
}

# For each part a folder as the till left it when it was ended before that part;
# the first has products and no journal.
sub prepare_bases {
	my @folders = ("$memory/base0");

	for my $part (1 .. $#parts) {
		my $dir = "$memory/base$part";
		my $till;

		copy_folder($folders[-1], $dir);
		$till = Till->start($dir);
		defined $till->ask($_) or die "the till ended at \"$_\"\n" . Till::log_text()
			for @{$parts[$part - 1]};
		$till->end;
		push @folders, $dir;
	}
	return @folders;
}

sub copy_folder {
	my ($from, $to) = @_;

	system('rm', '-rf', $to) == 0 or die "$to could not be removed\n";
	system('cp', '-a', $from, $to) == 0 or die "$from could not be copied\n";
}

sub count_writes {
	my ($part) = @_;
	my $dir = "$memory/count";
	my $till;

	copy_folder($bases[$part], $dir);
	$till = Till->start($dir, '');
	$till->ask($_) for @{$parts[$part]};
	$till->end;
	return Till::traced_calls();
}

# $share of the calls 1 … $n, evenly, as "CALL:N".
sub spread {
	my ($call, $n, $share) = @_;

	return map { "$call:$_" } 1 .. $n if $every || $share >= $n;
	return map { "$call:" . (1 + int($_ * $n / $share)) } 0 .. $share - 1;
}

# Every part gets its share of the kills.
sub chosen_points {
	my ($part) = @_;
	my $n = $writes[$part]{pwrite64};
	my $share = int($kills * $n / $all_writes + 0.999);

	return $only_at if defined $only_at;
	return (spread('pwrite64', $n, $share - int($share / 5)),
		spread('write', $writes[$part]{write}, int($share / 5)));
}

# One kill: on every tenth the folder is on the disk, else in memory.
sub kill_at {
	my ($part, $point) = @_;
	my $dir = $stats{kills} % 10 ? "$memory/run" : "$work/run";
	my ($answered, $before) = (0, 0);
	my $till;

	copy_folder($bases[$part], $dir);
	$till = Till->start($dir, $point);
	for my $command (@{$parts[$part]}) {
		defined $till->ask($command) or last;
		$answered++;
	}
	$stats{kills}++;
	$stats{ended}++ unless $till->end;
	$before += @{$parts[$_]} for 0 .. $part - 1;
	judge($part, $point, $dir, $before + $answered, $answered < @{$parts[$part]});
}

sub judge {
	my ($part, $point, $dir, $answered, $open) = @_;
	my $till = Till->start($dir);
	my $state = $till->state;
	my $verify;

	$till->end;
	$verify = Till::verify($dir);
	return wrong($part, $point, "the journal does not verify: $verify") if $verify;
	return $stats{answered}++ if Till::same_state($states[$answered], $state);
	return $stats{one_more}++ if $open && Till::same_state($states[$answered + 1], $state);
	wrong($part, $point, "after $answered commands the shop stands differently");
	print "  expected $states[$answered]\n  found    $state\n" if $stats{wrong} == 1;
}

sub wrong {
	my ($part, $point, $what) = @_;

	$stats{wrong}++;
	print "$what\n  again: kill_writes.pl --part $part --at $point\n" if $stats{wrong} <= 20;
}
