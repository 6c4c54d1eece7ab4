# @summary Sets up ptgbot: the bot, its pages, and the web server that serves them
#
# Everything has one place: the releases in /opt/ptgbot, the configuration in /etc/ptgbot, the data in
# /var/lib/ptgbot, the pages in /var/www/ptgbot. The service can write its data, its cache and its pages, and
# nothing else.
#
# @example The least that there is to say
#   class { 'ptgbot':
#     source  => 'https://releases.example.org/ptgbot-1.2.0.tgz',
#     network => 'irc.oftc.net',
#     channel => '#example-events',
#   }
#
# @param ensure
#   With `absent` all of it is removed but the data in /var/lib/ptgbot, and the user whose it is.
# @param source
#   The tarball of a release: a path on the server, or an https address. Either this or `repository`.
# @param checksum
#   The SHA-256 checksum of that tarball; another one is not installed.
# @param repository
#   The git repository to make a release from, which takes minutes and 300 MB for a while.
# @param revision
#   The tag or commit of it. A branch would stay where it was at the first time.
# @param version
#   Names the release, and its folder. By default from the name of the tarball (ptgbot-VERSION.tgz) or from
#   `revision`. To roll back, name an older one again: it is still there, if it is one of the last three.
# @param packages
#   What is installed for it. Leave out npm where Node is from NodeSource, which brings its own.
# @param network
#   Host name of the IRC network. Without it the bot has nobody to talk to, and only pages are made.
# @param channel
#   The channel to listen in, or several. One with a key goes into `settings`, which then should be Sensitive.
# @param nick
#   The bot's nick.
# @param sasl_account
#   Its account with services; `irc_password` is the password.
# @param operators
#   Accounts with services whose owners are operators wherever they speak.
# @param site_url
#   Where people find the pages. By default `server_name`, with https where there is a certificate.
# @param listen
#   Where the service listens for the web server; a port of its own beside other bots.
# @param remote
#   A repository elsewhere whose branch is kept the same.
# @param remote_interval
#   Seconds from one fetch of it to the next.
# @param known_hosts
#   Lines as in ssh's known_hosts: the keys of the remote's host. Any other is refused.
# @param receipts
#   Tells people in private when the page shows what they said.
# @param review
#   What only counts when an operator has approved it: `commands`, `unidentified`, `gerrit`.
# @param settings
#   Everything else of ptgbot.yaml, by its own keys (docs/running.md); merged over what the other parameters
#   say. Made Sensitive, the whole file is kept out of reports and diffs.
# @param irc_password
#   Password of the account with services, or without one of the server.
# @param git_token
#   Token for a remote by https.
# @param webhook_secret
#   Whoever knows it may say that there is something new at the remote.
# @param ssh_key
#   Private key for a remote by ssh, without a passphrase.
# @param mode
#   `one` process, or `two`: the bot, and the pages.
# @param shell
#   The user's; /usr/bin/git-shell where people push into the repository by ssh.
# @param webserver
#   Which one gets a site; with `none` include /opt/ptgbot/current/deploy/web/apache-site.conf yourself, for
#   instance where another module owns all of Apache's configuration.
# @param server_name
#   The name of the site.
# @param ssl_cert
#   File of the certificate and its chain; with it the site is served by https, and http leads there.
# @param ssl_key
#   File of its private key.
class ptgbot (
  Enum['present', 'absent'] $ensure = 'present',
  Optional[Ptgbot::Source] $source = undef,
  Optional[Ptgbot::Sha256] $checksum = undef,
  Optional[Ptgbot::Repository] $repository = undef,
  Optional[Ptgbot::Revision] $revision = undef,
  Optional[Ptgbot::Version] $version = undef,
  Array[String[1]] $packages = ['ca-certificates', 'curl', 'git', 'npm', 'openssh-client'],
  Optional[Stdlib::Host] $network = undef,
  Optional[Variant[Ptgbot::Channel, Array[Ptgbot::Channel, 1]]] $channel = undef,
  String[1, 30] $nick = 'ptgbot',
  Optional[String[1]] $sasl_account = undef,
  Array[String[1]] $operators = [],
  Optional[Stdlib::HTTPUrl] $site_url = undef,
  Ptgbot::Listen $listen = '127.0.0.1:8000',
  Optional[String[1]] $remote = undef,
  Integer[1, 86400] $remote_interval = 30,
  Array[String[1]] $known_hosts = [],
  Boolean $receipts = false,
  Ptgbot::Review $review = {},
  Variant[Hash[String[1], Any], Sensitive[Hash[String[1], Any]]] $settings = {},
  Optional[Sensitive[String[1]]] $irc_password = undef,
  Optional[Sensitive[String[1]]] $git_token = undef,
  Optional[Sensitive[String[16]]] $webhook_secret = undef,
  Optional[Sensitive[String[1]]] $ssh_key = undef,
  Enum['one', 'two'] $mode = 'one',
  Stdlib::Unixpath $shell = '/usr/sbin/nologin',
  Enum['apache', 'nginx', 'none'] $webserver = 'apache',
  Stdlib::Fqdn $server_name = $facts['networking']['fqdn'],
  Optional[Stdlib::Unixpath] $ssl_cert = undef,
  Optional[Stdlib::Unixpath] $ssl_key = undef,
) {
  if $ensure == 'absent' {
    contain ptgbot::remove
  } else {
    if ($source =~ Undef) == ($repository =~ Undef) {
      fail('ptgbot: expected either a source (the tarball of a release) or a repository (of git)')
    }
    if ($repository =~ Undef) != ($revision =~ Undef) {
      fail('ptgbot: expected a revision with a repository: a tag or a commit')
    }
    if ($network =~ Undef) != ($channel =~ Undef) {
      fail('ptgbot: expected a channel with a network')
    }
    if ($ssl_cert =~ Undef) != ($ssl_key =~ Undef) {
      fail('ptgbot: expected ssl_cert and ssl_key, or none of the two')
    }

    contain ptgbot::user
    contain ptgbot::install
    contain ptgbot::config
    contain ptgbot::service
    contain ptgbot::web

    Class['ptgbot::user'] -> Class['ptgbot::install'] -> Class['ptgbot::config'] -> Class['ptgbot::service']
    Class['ptgbot::install'] -> Class['ptgbot::web']
  }
}
