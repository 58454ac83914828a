# Makes a picture of a terminal's screen, as a camera would see its blocks and
# backgrounds: what tmux capture-pane -e -N prints comes in, a PBM goes out.
# Text is not drawn, and what has no colour of its own is dark.
use v5.30;
use warnings;
use utf8;
use open qw(:std :encoding(UTF-8));

my $scale = 4;                # pixels along a cell; a cell is twice as high
my %white = map { $_ => 1 } (7, 15, 231);
my ($fore, $back) = (1, 0);   # whether it is white
my @rows;

sub base_colour {
	my ($n, $ground) = @_;
	($ground ? $back : $fore) = $white{$n} ? 1 : 0;
}

# One escape sequence's numbers: SGR.
sub pen {
	my @n = map { $_ eq '' ? 0 : $_ } split /[;:]/, shift, -1;
	@n = (0) unless @n;
	while (@n) {
		my $n = shift @n;
		if ($n == 0) { ($fore, $back) = (1, 0) }
		elsif ($n == 39) { $fore = 1 }
		elsif ($n == 49) { $back = 0 }
		elsif (($n == 38 || $n == 48) && @n && $n[0] == 5) { base_colour($n[1], $n == 48); splice @n, 0, 2 }
		elsif ($n >= 30 && $n <= 37) { base_colour($n - 30, 0) }
		elsif ($n >= 40 && $n <= 47) { base_colour($n - 40, 1) }
		elsif ($n >= 90 && $n <= 97) { base_colour($n - 82, 0) }
		elsif ($n >= 100 && $n <= 107) { base_colour($n - 92, 1) }
	}
}

while (my $line = <STDIN>) {
	my ($upper, $lower) = ('', '');
	chomp $line;
	while ($line =~ /\G(?:\e\[([0-9;:]*)m|\e.|[\x0e\x0f]|(.))/gs) {
		my ($numbers, $char) = ($1, $2);
		pen($numbers) if defined $numbers;
		next unless defined $char;
		my $columns = $char =~ /\p{East_Asian_Width=Wide}|\p{East_Asian_Width=Fullwidth}/ ? 2 : 1;
		$upper .= $back x $columns;
		$lower .= ($char eq '▄' ? $fore : $back) x $columns;
	}
	push @rows, $upper, $lower;
}

my $columns = 0;
for (@rows) { $columns = length if length > $columns }
say "P1\n", $columns * $scale, ' ', @rows * $scale;
for my $row (@rows) {
	my $dark = join '', map { ($_ eq '1' ? 0 : 1) x $scale } split //, $row . '0' x ($columns - length $row);
	say $dark for 1 .. $scale;
}
