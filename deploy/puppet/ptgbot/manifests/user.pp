# @summary Whom the service runs as, and the only folders that it can write
# @api private
class ptgbot::user {
  assert_private()

  group { 'ptgbot':
    ensure => present,
    system => true,
  }

  user { 'ptgbot':
    ensure     => present,
    system     => true,
    gid        => 'ptgbot',
    home       => '/var/lib/ptgbot',
    managehome => false,
    shell      => $ptgbot::shell,
    comment    => 'ptgbot',
  }

  # The web server's package makes it as well, but comes later or not at all.
  exec { 'ptgbot: folder of web pages':
    command => ['/bin/mkdir', '--parents', '/var/www'],
    creates => '/var/www',
  }

  $folders = { '/var/lib/ptgbot' => '0750', '/var/cache/ptgbot' => '0755', '/var/www/ptgbot' => '0755' }
  $folders.each |$path, $mode| {
    file { $path:
      ensure  => directory,
      owner   => 'ptgbot',
      group   => 'ptgbot',
      mode    => $mode,
      require => Exec['ptgbot: folder of web pages'],
    }
  }
}
