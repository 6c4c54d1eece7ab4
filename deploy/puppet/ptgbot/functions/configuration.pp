# @summary What the parameters say, by the keys of ptgbot.yaml; what nobody gave is left out
# @return the sections of ptgbot.yaml
# @api private
function ptgbot::configuration() >> Hash[String[1], Any] {
  $scheme = $ptgbot::ssl_cert ? {
    undef   => 'http',
    default => 'https',
  }
  $data = {
    'repository'     => '/var/lib/ptgbot/schedule-data.git',
    'remote'         => $ptgbot::remote,
    'remoteInterval' => $ptgbot::remote_interval,
    'sshKnownHosts'  => if !$ptgbot::known_hosts.empty { '/etc/ptgbot/known_hosts' },
  }
  $site = {
    'output' => '/var/www/ptgbot',
    'url'    => pick($ptgbot::site_url, "${scheme}://${ptgbot::server_name}"),
    'listen' => $ptgbot::listen,
  }
  $irc = {
    'server'    => $ptgbot::network,
    'channel'   => $ptgbot::channel,
    'nick'      => $ptgbot::nick,
    'operators' => $ptgbot::operators,
    'sasl'      => if $ptgbot::sasl_account =~ NotUndef { { 'account' => $ptgbot::sasl_account } },
  }
  $sections = {
    'cache'    => '/var/cache/ptgbot',
    'data'     => $data.filter |$_, $value| { $value =~ NotUndef },
    'site'     => $site,
    'irc'      => if $ptgbot::network =~ NotUndef { $irc.filter |$_, $value| { $value =~ NotUndef } },
    'receipts' => $ptgbot::receipts,
    'review'   => $ptgbot::review,
  }
  $sections.filter |$_, $value| { $value =~ NotUndef }
}
