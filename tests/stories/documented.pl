#!/usr/bin/env perl
# Holds a reply of the hub against openapi.yaml: its status, and every field's
# presence, kind and form.
#
# usage: documented.pl OPENAPI operationId STATUS REPLY
# Reads of YAML what the document uses: two blanks a step, no flow style.
use strict;
use warnings;
use JSON::PP;

my ($document, $operation, $status, $reply) = @ARGV;

# The lines of the document as [indent, text].
sub lines_of {
	my ($path) = @_;

	open my $in, '<:encoding(UTF-8)', $path or die "$path: $!\n";
	return map { /^( *)(.*\S)\s*$/ && $2 !~ /^#/ ? [length $1, $2] : () } <$in>;
}

sub scalar_of {
	my ($text) = @_;

	return JSON::PP->new->allow_nonref->decode($text) if $text =~ /^"/;
	return {} if $text eq '{}';
	return [] if $text eq '[]';
	return $text;
}

# The block of lines that begins here, deeper than $above.
sub block;
sub block {
	my ($lines, $above) = @_;
	my ($value, $indent);

	while (@$lines && $lines->[0][0] > $above) {
		$indent //= $lines->[0][0];
		my ($at, $text) = @{ shift @$lines };
		if ($text =~ /^- (.*)/) {
			my $rest = $1;
			$value //= [];
			if ($rest =~ /^[\w\$-]+:/) {
				unshift @$lines, [$at + 2, $rest];
				push @$value, block($lines, $at);
			} else {
				push @$value, scalar_of($rest);
			}
		} elsif ($text =~ /^("[^"]*"|[^:]+):(?: (.*))?$/) {
			my ($name, $rest) = (scalar_of($1), $2);
			$value //= {};
			my $folded = defined $rest && $rest =~ /^[>|]/;
			if (!defined $rest) {
				$value->{$name} = block($lines, $at);
			} elsif ($folded) {
				shift @$lines while @$lines && $lines->[0][0] > $at;
			} else {
				$value->{$name} = scalar_of($rest);
			}
		}
	}
	return $value;
}

my $api = block([lines_of($document)], -1);
my $complaints = 0;

sub complain {
	print "$operation: $_[0]\n";
	$complaints++;
}

sub resolve {
	my ($schema) = @_;

	while ($schema->{'$ref'}) {
		my $at = $api;
		$at = $at->{$_} for (split m{/}, $schema->{'$ref'})[1 .. 3];
		$schema = $at // die "$document has no $schema->{'$ref'}\n";
	}
	return $schema;
}

sub compare;
sub compare {
	my ($where, $value, $schema) = @_;
	$schema = resolve($schema);
	my $type = $schema->{type};

	if ($type eq 'object') {
		return complain("$where is no object") unless ref $value eq 'HASH';
		exists $value->{$_} or complain("$where has no $_") for @{ $schema->{required} // [] };
		for my $name (sort keys %$value) {
			my $field = $schema->{properties}{$name};
			$field ? compare("$where.$name", $value->{$name}, $field) : complain("$where has $name, which is not documented");
		}
	} elsif ($type eq 'array') {
		return complain("$where is no list") unless ref $value eq 'ARRAY';
		complain("$where is too long") if @$value > $schema->{maxItems};
		compare("$where\[]", $_, $schema->{items}) for @$value;
	} elsif ($type eq 'integer') {
		complain("$where is $value, no whole number") unless $value =~ /^-?\d+$/;
	} elsif ($type eq 'boolean') {
		complain("$where is neither true nor false") unless JSON::PP::is_bool($value);
	} else {
		complain("$where is no text") if ref $value || !defined $value;
		complain("$where is $value") if $schema->{pattern} && $value !~ /$schema->{pattern}/;
		complain("$where is too long") if $schema->{maxLength} && length $value > $schema->{maxLength};
	}
}

# The operation of that name.
sub find_operation {
	for my $path (values %{ $api->{paths} }) {
		for my $method (qw(get post)) {
			my $o = $path->{$method} or next;
			return $o if $o->{operationId} eq $operation;
		}
	}
	die "$document has no operation $operation\n";
}

my $responses = find_operation()->{responses};
my $response = $responses->{$status} // $responses->{default} // die "$operation: status $status is not documented\n";
$response = resolve($response);
open my $in, '<', $reply or die "$reply: $!\n";
my $body = do { local $/; <$in> };
compare('the reply', decode_json($body), $response->{content}{'application/json'}{schema});
exit($complaints > 0);
