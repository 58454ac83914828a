#!/usr/bin/perl
# Kills a product import with SIGKILL at each of its writes, syncs and renames:
# the catalogue must be the old one or the new one, whole, and the next import
# must work.
#
# usage: kill_import.pl   (GUITAI names the program)
use strict;
use warnings;
use File::Temp qw(tempdir);
use FindBin;
use lib $FindBin::Bin;
use Till;

my $guitai = $ENV{GUITAI} || "$FindBin::Bin/../../../build/guitai";
my $work = tempdir('guitai-kill.XXXXXX', TMPDIR => 1, CLEANUP => 1);
my @calls = qw(pwrite64 fsync fdatasync rename unlink);
my ($kills, $wrong) = (0, 0);

-x $guitai or die "kill_import.pl: $guitai is not built: run make, or set GUITAI\n";
Till::use_program($guitai, "$work/trace", "$work/log");
my $forbidden = Till::why_no_trace();
die "kill_import.pl: cannot trace programs here: $forbidden\n" if $forbidden;

write_changes("$FindBin::Bin/products.csv", "$work/changes.csv");
import("$FindBin::Bin/products.csv", "$work/old");
copy("$work/old", "$work/new");
my %calls = count_calls();
my ($old, $new) = (export("$work/old"), export("$work/new"));
$old ne $new or die "the second import changed nothing\n";
for my $call (@calls) {
	kill_at($call, $_) for 1 .. $calls{$call};
}
print "$kills kills of an import, $wrong wrong\n";
exit($wrong ? 1 : 0);

# The same products at other prices, and a hundred more.
sub write_changes {
	my ($from, $to) = @_;

	open my $in, '<', $from or die "$from: $!\n";
	open my $out, '>', $to or die "$to: $!\n";
	while (my $line = <$in>) {
		$line =~ s/,(\d+)\.(\d\d),/,9$1.$2,/;
		print $out $line;
	}
	print $out "N$_,New product $_,1.00,,\n" for 1 .. 100;
	close $out or die "$to: $!\n";
}

sub copy {
	my ($from, $to) = @_;

	system('rm', '-rf', $to) == 0 && system('cp', '-a', $from, $to) == 0
		or die "$from could not be copied\n";
}

sub import {
	my ($file, $dir, @before) = @_;

	return system("@before '$guitai' catalog import '$file' --dir '$dir' >'$work/log' 2>&1");
}

sub export {
	my ($dir) = @_;
	my $said = `'$guitai' catalog export --dir '$dir' 2>&1`;

	return $? == 0 ? $said : "cannot be read: $said";
}

sub trace {
	my (@more) = @_;

	return ('strace', '-f', '-qq', '-o', "'$work/trace'", '-e', 'trace=' . join(',', @calls),
		@more);
}

# How often the import makes each call; the busiest process counts.
sub count_calls {
	my (%n, %most);

	import("$work/changes.csv", "$work/new", trace()) == 0 or die "the import fails\n";
	open my $in, '<', "$work/trace" or die "$work/trace: $!\n";
	while (<$in>) {
		$n{$2}{$1}++ if /^(\d+)\s+(\w+)\(/;
	}
	for my $call (@calls) {
		$most{$call} = (sort { $b <=> $a } values %{$n{$call}}, 0)[0];
	}
	return %most;
}

sub kill_at {
	my ($call, $n) = @_;
	my $dir = "$work/run";
	my $found;

	copy("$work/old", $dir);
	import("$work/changes.csv", $dir, trace('-e', "inject=$call:signal=SIGKILL:when=$n"));
	$kills++;
	$found = export($dir);
	wrong($call, $n, "the catalogue is neither the old nor the new one: $found")
		if $found ne $old && $found ne $new;
	import("$work/changes.csv", $dir);
	wrong($call, $n, 'the next import does not bring the new catalogue') if export($dir) ne $new;
}

sub wrong {
	my ($call, $n, $what) = @_;

	$wrong++;
	print "killed at $call $n: ", substr($what, 0, 400), "\n" if $wrong <= 20;
}
