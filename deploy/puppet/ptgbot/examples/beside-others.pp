# One server for many bots: each has its user, its folders, its port and its name. Nothing of ptgbot is
# shared with another but Apache, of which it takes its own site, and reloads it when that is another one.
node 'bots.example.org' {
  class { 'ptgbot':
    repository  => 'https://git.example.org/ptgbot',
    revision    => 'v1.2.0',
    network     => 'irc.oftc.net',
    channel     => ['#example-events', '#example-lobby'],
    nick        => 'ptgbot',
    server_name => 'ptg.example.org',
    # 8000 is the other bot's.
    listen      => '127.0.0.1:8010',
  }

  user { 'otherbot':
    ensure => present,
    system => true,
    home   => '/var/lib/otherbot',
    shell  => '/usr/sbin/nologin',
  }

  file { '/etc/apache2/sites-available/otherbot.conf':
    ensure  => file,
    content => @(SITE),
      <VirtualHost *:80>
          ServerName otherbot.example.org
          ProxyPass / http://127.0.0.1:8000/
      </VirtualHost>
      | SITE
    require => Ptgbot::Package['apache2'],
  }
  ~> Exec['ptgbot: test apache2']
}
