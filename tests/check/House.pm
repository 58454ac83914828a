# What the checks share: the tree's files, C code without its comments, and
# one way to complain.
package House;

use strict;
use warnings;
use Exporter 'import';

our @EXPORT = qw(top files text lines code complain finish);

my $complaints = 0;

# The source tree under check: $top_srcdir, else the one this file stands in.
sub top {
	return $ENV{top_srcdir} if $ENV{top_srcdir};
	my $here = __FILE__;
	$here =~ s{[^/]*$}{};
	return $here . "../..";
}

# What a build or autoreconf writes into a source tree that git does not watch.
my $made = qr{
	^(?:build|build-aux|autom4te\.cache|_build|_inst|m4)/ |
	^(?:aclocal\.m4|configure|config\.h\.in|Makefile\.in)$ |
	~$
}x;

# The tree's own files that match $pattern, sorted, relative to the top: what
# git tracks, or in an unpacked tarball all that no tool has made.
sub files {
	my ($pattern) = @_;
	my $top = top();
	my @found;

	if (-e "$top/.git") {
		@found = split /\0/, `git -C '$top' ls-files -z`;
		@found = grep { -e "$top/$_" } @found;
	} else {
		@found = split /\0/, `cd '$top' && find . -type f -print0`;
		s{^\./}{} for @found;
		@found = grep { $_ !~ $made } @found;
	}
	return sort grep { !defined $pattern || $_ =~ $pattern } @found;
}

# The bytes of a file of the tree.
sub text {
	my ($path) = @_;
	local $/;

	open my $in, '<', top() . "/$path" or die "$path cannot be read: $!\n";
	my $bytes = <$in>;
	return defined $bytes ? $bytes : '';
}

sub lines {
	return split /\n/, text($_[0]), -1;
}

# The lines of a C file with comments blanked, and strings and character
# constants too unless $keep_strings; line numbers stay.
sub code {
	my ($path, $keep_strings) = @_;
	my $c = text($path);
	my $blank = sub { my $t = shift; $t =~ s/[^\n]/ /g; return $t };

	$c =~ s{
		(?<comment> /\* .*? \*/ | //[^\n]* ) |
		(?<string>  "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])*' )
	}{
		defined $+{comment} ? $blank->($+{comment}) :
		$keep_strings ? $+{string} : $blank->($+{string})
	}gesx;
	return split /\n/, $c, -1;
}

# Says what is wrong, where, and what to do about it.
sub complain {
	my ($path, $line, $sentence) = @_;

	print $line ? "$path:$line: $sentence\n" : "$path: $sentence\n";
	$complaints++;
}

# Ends the check: $what was looked at.
sub finish {
	my ($what) = @_;

	printf "%s: %s\n", $what, $complaints ? "$complaints complaints" : "nothing to complain about";
	exit($complaints ? 1 : 0);
}

1;
