# @summary Removes all of it but the data, and the user whose it is
# @api private
class ptgbot::remove {
  assert_private()

  $servers = {
    'apache2' => ['/etc/apache2/sites-enabled/ptgbot.conf', '/etc/apache2/sites-available/ptgbot.conf'],
    'nginx'   => ['/etc/nginx/sites-enabled/ptgbot', '/etc/nginx/sites-available/ptgbot'],
  }
  $servers.each |$server, $files| {
    file { $files:
      ensure => absent,
      backup => false,
    }
    ~> exec { "ptgbot: reload ${server}":
      command     => "if service ${server} status; then service ${server} reload; fi",
      provider    => shell,
      path        => ['/usr/sbin', '/usr/bin', '/sbin', '/bin'],
      refreshonly => true,
      before      => File['/opt/ptgbot'],
    }
  }

  $commands = { 'ptgbot' => 'start', 'ptgbot-bot' => 'bot', 'ptgbot-site' => 'site' }
  $commands.each |$name, $command| {
    ptgbot::unit { $name:
      ensure  => absent,
      command => $command,
      before  => File['/opt/ptgbot'],
    }
  }

  file { ['/opt/ptgbot', '/etc/ptgbot', '/usr/local/bin/ptgbot', '/var/cache/ptgbot', '/var/www/ptgbot']:
    ensure => absent,
    force  => true,
    backup => false,
  }
}
