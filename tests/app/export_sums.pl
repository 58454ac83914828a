#!/usr/bin/perl
# Reads what guitai journal export wrote and checks it against itself: every
# line is JSON, the numbers have no gap, each hash stands in the next line, and
# the closed orders between two shifts add up to what the Z report says.
use strict;
use warnings;
use JSON::PP;

my ($seq, $hash, $sales, $sold, $returned, $shifts) = (0, '0' x 64, 0, 0, 0, 0);

# "-12.50" as minor units.
sub minor {
	my ($text) = @_;

	$text =~ /^(-?)(\d+)\.(\d\d)$/ or die "not an amount: $text\n";
	return ($1 ? -1 : 1) * ($2 * 100 + $3);
}

sub same {
	my ($what, $is, $said) = @_;

	$is == $said or die "$what: the orders say $is, the Z report $said\n";
}

while (my $line = <STDIN>) {
	my $entry = decode_json($line);
	my $fields = $entry->{fields};

	$entry->{seq} == ++$seq or die "entry $seq is missing\n";
	$entry->{previous} eq $hash or die "entry $seq does not stand on the one before\n";
	$hash = $entry->{hash};
	$entry->{at} =~ /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d$/ or die "time of entry $seq\n";
	if ($entry->{kind} eq 'order_closed') {
		my $total = minor($fields->{total});

		$total < 0 ? ($returned += $total) : ($sold += $total);
		$sales++ if $total >= 0;
	} elsif ($entry->{kind} eq 'shift_closed') {
		same('number of sales', $sales, $fields->{sales});
		same('sales', $sold, minor($fields->{sales_total}));
		same('returns', $returned, minor($fields->{returns_total}));
		($sales, $sold, $returned) = (0, 0, 0);
		$shifts++;
	}
}
print "$seq entries, $shifts shifts closed\n";
