#!/usr/bin/perl
# Holds the till's own replies of a replay against what sales_to_batch.pl
# computed apart: every command answered, every order's total equal.
#
# usage: compare_replies.pl expected.tsv < replies.jsonl
#
# Replies come in the order of the commands. The replies to a line are only
# looked at for being accepted or refused by the right name (they grow with
# the order); the reply to each payment is read as JSON. Prints a summary; exit
# 0 when all is equal, 1 when something differs (the first 20 are listed).
use strict;
use warnings;
use JSON::PP;

my %count = map { $_ => 0 } qw(invoices equal different negative zero refused lines);
my ($largest, $largest_lines, $shown, $line_no) = ('none', 0, 0, 0);

@ARGV == 1 or die "usage: compare_replies.pl expected.tsv < replies.jsonl\n";
open my $expected, '<', $ARGV[0] or die "$ARGV[0]: $!\n";
while (my $row = <$expected>) {
	chomp $row;
	my ($invoice, $n, $refused, $total) = split /\t/, $row;
	my $order = check_lines($invoice, $n, $refused);

	$count{invoices}++;
	if ($total eq '-') {
		$count{$order ? 'equal' : 'different'}++;
		next;
	}
	$order = check_payment($invoice, $total, $n - refusals($refused)) && $order;
	$count{$order ? 'equal' : 'different'}++;
	$count{negative}++ if $total < 0;
	$count{zero}++ if $total == 0;
}
differ('the end', 'there are more replies than commands') if defined <STDIN>;
print_summary();
exit($shown ? 1 : 0);

sub refusals {
	my ($list) = @_;

	return $list eq '-' ? 0 : scalar split /,/, $list;
}

sub differ {
	my ($invoice, $what) = @_;

	$shown++;
	print "invoice $invoice: $what\n" if $shown <= 20;
	return 0;
}

# Without a reply, or with another command's, nothing after it can be matched.
sub next_reply {
	my ($invoice) = @_;
	my $reply = <STDIN>;

	$line_no++;
	defined $reply or die "reply $line_no, to invoice $invoice, is missing\n";
	index($reply, "\"id\":\"$invoice\"") >= 0
		or die "reply $line_no does not belong to invoice $invoice: "
		. substr($reply, 0, 200) . "\n";
	return $reply;
}

sub check_lines {
	my ($invoice, $n, $refused) = @_;
	my %refused = $refused eq '-' ? () : map { split /=/ } split /,/, $refused;
	my $good = 1;

	for my $i (1 .. $n) {
		my $reply = next_reply($invoice);
		my $want = $refused{$i} // 'accepted';
		my $got = 'accepted';

		$count{lines}++;
		$got = decode_json($reply)->{error}{name} unless $reply =~ /^\{"ok":true,/;
		$count{refused}++ if $got ne 'accepted';
		$good = differ($invoice, "line $i is $got, expected $want") if $got ne $want;
	}
	return $good;
}

sub minor {
	my ($text) = @_;
	my ($sign, $whole, $part) = ($text // '') =~ /^(-?)(\d+)\.(\d\d)$/ or return 'no amount';

	return $sign eq '-' ? -"$whole$part" : 0 + "$whole$part";
}

sub check_payment {
	my ($invoice, $total, $lines) = @_;
	my $reply = decode_json(next_reply($invoice));
	my $order = $reply->{order};
	my $got = minor($order->{total});

	return differ($invoice, "the payment is refused: $reply->{error}{name}") unless $reply->{ok};
	return differ($invoice, "the order is $order->{state}") if $order->{state} ne 'closed';
	return differ($invoice, "total $got, expected $total") if $got ne $total;
	return differ($invoice, @{$order->{lines}} . " lines, expected $lines")
		if @{$order->{lines}} != $lines;
	($largest, $largest_lines) = ($invoice, $lines) if $lines > $largest_lines;
	return 1;
}

sub print_summary {
	print "$count{invoices} invoices compared: $count{equal} equal, $count{different} different\n";
	print "$count{lines} lines, $count{refused} of them refused\n";
	print "$count{negative} negative totals, $count{zero} zero totals\n";
	print "largest order: $largest with $largest_lines lines\n";
}
