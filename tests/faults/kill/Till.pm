# A till without a screen in the hands of a test: one command, one answer, and
# if asked for a kill at its n-th write.
package Till;
use strict;
use warnings;
use IPC::Open3;
use JSON::PP;

my ($guitai, $trace, $log);
my $json = JSON::PP->new->canonical;

sub use_program {
	($guitai, $trace, $log) = @_;
}

# The reason why no program may be traced here, or ''.
sub why_no_trace {
	my $why = `strace -f -e trace=pwrite64 -o /dev/null true 2>&1`;

	return '' if $? == 0;
	return $? == -1 ? "there is no strace: install the package strace" : $why || "strace failed";
}

sub log_text {
	open my $in, '<', $log or return '';
	local $/;
	return <$in> // '';
}

# Starts the till on a folder. With a point "CALL:N" it is killed at the n-th of
# these calls; with '' its writes are counted; without, it runs untraced.
sub start {
	my ($class, $dir, $point) = @_;
	my @command = ($guitai, 'batch', '--train', '--dir', $dir);
	my ($in, $out, $err);

	if (defined $point) {
		my @inject = $point =~ /^(\w+):(\d+)$/
			? ('-e', "inject=$1:signal=SIGKILL:when=$2") : ();

		unshift @command, 'strace', '-f', '-qq', '-e', 'trace=pwrite64,write', @inject,
			'-o', $trace;
	}
	open $err, '>', $log or die "$log: $!\n";
	my $pid = open3($in, $out, '>&' . fileno($err), @command);
	close $err;
	$in->autoflush(1);
	return bless { pid => $pid, in => $in, out => $out }, $class;
}

# The answer to one command, or undef when the till ended before it. "recall
# held" recalls the order that was put on hold last.
sub ask {
	my ($self, $command) = @_;
	my ($in, $out) = @$self{qw(in out)};
	my $reply;

	$command =~ s/^recall held$/recall $self->{held}/;
	print {$in} "$command\n" or return undef;
	$reply = <$out> // return undef;
	return undef unless $reply =~ /\n\z/;
	$reply = decode_json($reply);
	$self->{held} = $reply->{order}{number} if $command =~ /^hold/ && $reply->{ok};
	return $reply;
}

# Ends the till and waits for it; true when it was killed.
sub end {
	my ($self) = @_;
	my $out = $self->{out};

	close $self->{in};
	1 while <$out>;
	close $out;
	waitpid $self->{pid}, 0;
	return ($? & 127) == 9;
}

# What does not belong to the shop's state: names that are new each time.
my %fleeting = map { $_ => 1 } qw(id opened_at closed_at);

sub strip {
	my ($value) = @_;

	return [map { strip($_) } @$value] if ref $value eq 'ARRAY';
	return $value unless ref $value eq 'HASH';
	return { map { $_ => strip($value->{$_}) } grep { !$fleeting{$_} } keys %$value };
}

# All of the shop's state that the till can tell, as one text.
sub state {
	my ($self) = @_;

	return join "\n", map {
		my $reply = $self->ask($_) // die "the till ended at \"$_\"\n" . log_text();
		$json->encode(strip($reply));
	} 'show', 'tray', 'report z', 'report x';
}

# Whether a till that was started again stands as the state says. A training
# till without a shift opens one as it starts.
sub same_state {
	my ($expected, $found) = @_;

	if ($expected =~ /"SHIFT_NOT_OPEN"[^\n]*\z/) {
		s/\n[^\n]*\z// for $expected, $found;
	}
	return $expected eq $found;
}

# How many calls of each kind the last counted run made: { CALL => n }.
sub traced_calls {
	my %n = (pwrite64 => 0, write => 0);

	open my $in, '<', $trace or die "$trace: $!\n";
	while (<$in>) {
		$n{$1}++ if /^\d+\s+(pwrite64|write)\(/;
	}
	return \%n;
}

# Imports a product file into a folder that may be empty.
sub import_products {
	my ($file, $dir) = @_;

	system($guitai, 'catalog', 'import', $file, '--dir', $dir) == 0
		or die "$file could not be imported\n";
}

# '' when the journal verifies, else what guitai says.
sub verify {
	my ($dir) = @_;
	my $said = `'$guitai' journal verify --dir '$dir' 2>&1`;

	return $? == 0 ? '' : $said || "exit $?";
}

1;
