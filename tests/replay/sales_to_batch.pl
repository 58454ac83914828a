#!/usr/bin/perl
# Turns a shop's exported sales lines into a till's day, and computes apart,
# in integers, what every order must come to: the replay compares the two.
#
# usage: sales_to_batch.pl SALES.csv[.gz] OUTDIR
#
# SALES has a header; its columns are found by name, in any order and spelled
# with or without underscores: invoice_no stock_code quantity unit_price, and
# description if there is one. OUTDIR gets
#   products.csv   code,name,price: for guitai batch --catalog
#   commands.txt   the commands of guitai batch, each with id=INVOICE
#   expected.tsv   one invoice a line, in the order of the commands:
#                  invoice, its number of lines, its refusals
#                  ("3=MONEY_TOO_MANY_DECIMALS", the third line; "-" for none),
#                  its total in minor units ("-" when every line was refused)
use strict;
use warnings;
use integer;

@ARGV == 2 or die "usage: sales_to_batch.pl SALES.csv[.gz] OUTDIR\n";
my ($sales, $outdir) = @ARGV;

my $in = open_sales($sales);
my %column = read_header($in);
my (@invoices, %lines, %product, @codes);

while (my $row = read_row($in)) {
	add_line(map { defined $column{$_} ? $row->[$column{$_}] // '' : '' }
		 qw(invoiceno stockcode description quantity unitprice));
}
close $in or die "$sales: could not be read to its end\n";
write_products("$outdir/products.csv");
write_orders("$outdir/commands.txt", "$outdir/expected.tsv");

sub open_sales {
	my ($path) = @_;
	my $fh;

	if ($path =~ /\.gz$/) {
		open $fh, '-|', 'gzip', '-dc', $path or die "$path: $!\n";
	} else {
		open $fh, '<', $path or die "$path: $!\n";
	}
	return $fh;
}

# The fields of the next row, or undef at the end. A quoted field may hold
# commas, doubled quotes and line ends.
sub read_row {
	my ($fh) = @_;
	my $line = <$fh> // return undef;
	my $from = $.;
	my @fields;

	while (($line =~ tr/"//) % 2) {
		$line .= <$fh> // die "$sales:$from: a quote is never closed\n";
	}
	$line =~ s/\r?\n\z//;
	return [split /,/, $line, -1] unless $line =~ /"/;
	while ($line =~ /\G(?:"((?:[^"]|"")*)"|([^",]*))(,|\z)/gc) {
		my ($field, $end) = ($1 // $2, $3);

		$field =~ s/""/"/g;
		push @fields, $field;
		return \@fields if $end eq '';
	}
	die "$sales:$from: a quote stands inside a field\n";
}

sub read_header {
	my ($fh) = @_;
	my $row = read_row($fh) or die "$sales: is empty\n";
	my %at;

	$row->[0] =~ s/^\xEF\xBB\xBF//;
	for my $i (0 .. $#$row) {
		(my $name = lc $row->[$i]) =~ tr/_ //d;
		$at{$name} //= $i;
	}
	for my $need (qw(invoiceno stockcode quantity unitprice)) {
		defined $at{$need} or die "$sales: has no column $need\n";
	}
	return %at;
}

# "12", "-0.5": the number times 10^decimals, or the name of the refusal.
# Zeros beyond the decimals count as decimals, as they do at the till.
sub scaled {
	my ($text, $decimals, $noun) = @_;
	my ($sign, $whole, $part) = $text =~ /^(-?)(?=\.?\d)(\d{0,9})(?:\.(\d*))?$/
		or die "$sales:$.: \"$text\" is not a number\n";

	$part //= '';
	return (undef, "${noun}_TOO_MANY_DECIMALS") if length $part > $decimals;
	$part .= '0' x ($decimals - length $part);
	return $sign eq '-' ? -"$whole$part" : 0 + "$whole$part";
}

# quantity (thousandths) times price (minor units), a half away from zero.
sub extend {
	my ($milli, $minor) = @_;
	my $product = $milli * $minor;
	my $rounded = (abs($product) + 500) / 1000;

	return $product < 0 ? -$rounded : $rounded;
}

sub quoted {
	my ($word) = @_;

	return $word if $word =~ /^[\w.-]+$/;
	$word =~ s/(["\\])/\\$1/g;
	return "\"$word\"";
}

# What the till must do with one line: an amount, or the name of its refusal.
sub judge {
	my ($quantity, $price) = @_;
	my ($milli, $why_quantity) = scaled($quantity, 3, 'QUANTITY');
	my ($minor, $why_price) = scaled($price, 2, 'MONEY');

	return (undef, $why_quantity) if $why_quantity;
	return (undef, 'QUANTITY_NOT_POSITIVE') if $milli == 0;
	return (undef, $why_price) if $why_price;
	return (undef, 'MONEY_NEGATIVE') if $minor < 0;
	return (extend($milli, $minor), undef);
}

sub add_line {
	my ($invoice, $code, $name, $quantity, $price) = @_;
	my ($amount, $refusal) = judge($quantity, $price);
	my $verb = $quantity =~ s/^-// ? 'return' : 'item';

	$name =~ s/[\x00-\x1F]+/ /g;
	$invoice =~ /^[\w.\/-]+$/ or die "$sales:$.: \"$invoice\" cannot be an invoice's number\n";
	$code =~ /^[^\x00-\x1F]*\S[^\x00-\x1F]*$/ or die "$sales:$.: has no code that can be typed\n";
	push @invoices, $invoice unless $lines{$invoice};
	push @{$lines{$invoice}}, [sprintf('%s %s %s @%s', $verb, quoted($code), $quantity, $price),
				   $amount, $refusal];
	push @codes, $code unless $product{$code};
	$product{$code} //= { name => '', price => '', unit => '' };
	$product{$code}{name} = $name if $product{$code}{name} eq '';
	$product{$code}{price} = $price unless $refusal;
	$product{$code}{unit} = 'kg' if $quantity =~ /\.\d*[1-9]/;
}

sub csv_field {
	my ($text) = @_;

	return $text unless $text =~ /[",\r\n]/;
	$text =~ s/"/""/g;
	return "\"$text\"";
}

# A code without a description anywhere is named by itself.
sub write_products {
	my ($path) = @_;

	open my $out, '>', $path or die "$path: $!\n";
	print $out "code,name,price,unit\n";
	for my $code (@codes) {
		my $p = $product{$code};
		my $name = $p->{name} =~ /\S/ ? $p->{name} : $code;

		print $out join(',', map { csv_field($_) } $code, $name, $p->{price}, $p->{unit}), "\n";
	}
	close $out or die "$path: $!\n";
}

sub payment {
	my ($total) = @_;
	my $due = abs $total;

	return 'pay cash 0' if $due == 0;
	return sprintf 'pay cash %d.%02d', $due / 100, $due % 100;
}

sub write_orders {
	my ($commands, $expected) = @_;

	open my $out, '>', $commands or die "$commands: $!\n";
	open my $want, '>', $expected or die "$expected: $!\n";
	for my $invoice (@invoices) {
		my ($n, $total, @refused) = (0);

		for my $line (@{$lines{$invoice}}) {
			my ($command, $amount, $refusal) = @$line;

			$n++;
			print $out "$command id=$invoice\n";
			push @refused, "$n=$refusal" if $refusal;
			$total = ($total // 0) + $amount unless $refusal;
		}
		print $out payment($total), " id=$invoice\n" if defined $total;
		print $want join("\t", $invoice, $n, @refused ? join(',', @refused) : '-',
				 $total // '-'), "\n";
	}
	close $out or die "$commands: $!\n";
	close $want or die "$expected: $!\n";
}
