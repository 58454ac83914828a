#!/usr/bin/perl
# A client of the till's socket that behaves as it is told.
#
# usage: socket_client.pl DIR say LINE     prints the answer
#        socket_client.pl DIR leave LINE   sends and goes without waiting
#        socket_client.pl DIR hang N       N connections with half a line each;
#                                          prints "hanging", and "dropped" when
#                                          the till has closed them all
use strict;
use warnings;
use IO::Socket::UNIX;

my ($dir, $how, $what) = @ARGV;
chdir $dir or die "$dir: $!\n";
alarm 60;
$SIG{PIPE} = 'IGNORE';

sub dial {
	return IO::Socket::UNIX->new(Peer => 'till.sock') // die "till.sock: $!\n";
}

if ($how eq 'say') {
	my $till = dial();
	print {$till} "$what\n";
	print scalar(<$till>) // "(closed)\n";
} elsif ($how eq 'leave') {
	my $till = dial();
	print {$till} "$what\n";
	close $till;
} elsif ($how eq 'hang') {
	my @tills = map { dial() } 1 .. $what;
	$| = 1;
	$_->autoflush(1), print {$_} 'report ' for @tills;
	print "hanging\n";
	for my $till (@tills) {
		1 while <$till>;
	}
	print "dropped\n";
}
