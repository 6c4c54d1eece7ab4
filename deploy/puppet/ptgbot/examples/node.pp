# A server of its own for ptgbot. Secrets are from Hiera: ptgbot::irc_password.
node 'ptg.example.org' {
  class { 'ptgbot':
    source       => 'https://releases.example.org/ptgbot-1.2.0.tgz',
    checksum     => '0000000000000000000000000000000000000000000000000000000000000000',
    network      => 'irc.oftc.net',
    channel      => '#example-events',
    sasl_account => 'ptgbot',
    operators    => ['ada', 'grace'],
    server_name  => 'ptg.example.org',
    ssl_cert     => '/etc/letsencrypt/live/ptg.example.org/fullchain.pem',
    ssl_key      => '/etc/letsencrypt/live/ptg.example.org/privkey.pem',
  }
}
