# Asks Mail::DMARC: a JSON object a line on standard input, its answer a line on standard output.
#
# Arguments: a port of 127.0.0.1 where a DNS server listens, and a configuration file.
use strict;
use warnings;
use JSON::PP;
use MIME::Base64;
use Email::Simple;
use Net::DNS::Resolver;
use Mail::DMARC::PurePerl;
use Mail::DMARC::Report::Receive;

my ($port, $config) = @ARGV;
my $json = JSON::PP->new->canonical->utf8;
my $resolver = Net::DNS::Resolver->new(
    nameservers => ['127.0.0.1'], port => $port, recurse => 1, dnsrch => 0, defnames => 0,
    udp_timeout => 5, tcp_timeout => 5, retry => 1
);

{
    no warnings 'redefine';
    *Mail::DMARC::Report::save_aggregate = sub { 1 };    # no database
}

sub evaluate {
    my ($case) = @_;
    my $dmarc = Mail::DMARC::PurePerl->new(config_file => $config);
    $dmarc->set_resolver($resolver);
    $dmarc->header_from($case->{author});
    $dmarc->spf([ map { { %$_, scope => 'mfrom' } } @{ $case->{spf} } ]);
    $dmarc->dkim($case->{dkim});
    my $result = $dmarc->validate();
    return {
        result => $result->result,
        disposition => $result->disposition,
        dkim => $result->dkim || 'fail',
        spf => $result->spf || 'fail',
    };
}

sub receive {
    my ($case) = @_;
    my $receive = Mail::DMARC::Report::Receive->new(config_file => $config);
    my $type;
    {
        local *STDOUT;    # it prints the subject
        open STDOUT, '>', '/dev/null' or die;
        $type = $receive->from_email_simple(
            Email::Simple->new(decode_base64($case->{message})));
    }
    my $report = $receive->report->aggregate;
    my @records = map {
        my $record = $_;
        {
            source => $record->row->source_ip,
            count => $record->row->count,
            disposition => $record->row->policy_evaluated->disposition,
            dkim => $record->row->policy_evaluated->dkim,
            spf => $record->row->policy_evaluated->spf,
            reasons => [ map { $_->{type} } @{ $record->row->policy_evaluated->reason } ],
            header_from => $record->identifiers->header_from,
            envelope_from => $record->identifiers->envelope_from,
            signatures => [
                map { "$_->{domain} $_->{selector} $_->{result}" }
                    @{ $record->auth_results->dkim || [] }
            ],
            senders => [
                map { "$_->{domain} $_->{scope} $_->{result}" }
                    @{ $record->auth_results->spf || [] }
            ],
        }
    } @{ $report->record };
    return {
        type => $type,
        submitter => $receive->{_envelope_to},
        organization => $report->metadata->org_name,
        report_id => $report->metadata->report_id,
        begin => $report->metadata->begin,
        end => $report->metadata->end,
        domain => $report->policy_published->domain,
        p => $report->policy_published->p,
        sp => $report->policy_published->sp,
        records => \@records,
    };
}

while (my $line = <STDIN>) {
    my $case = $json->decode($line);
    my $answer = eval { $case->{message} ? receive($case) : evaluate($case) } || { error => "$@" };
    print $json->encode($answer), "\n";
}
