# @summary A release in a folder of its own, and the link that says which one runs
# @api private
class ptgbot::install {
  assert_private()

  ptgbot::package { $ptgbot::packages: }

  $release = $ptgbot::version ? {
    undef   => ptgbot::version($ptgbot::source, $ptgbot::revision),
    default => $ptgbot::version,
  }
  $from = $ptgbot::repository ? {
    undef   => ['tarball', $ptgbot::source, String($ptgbot::checksum)],
    default => ['git', $ptgbot::repository, $ptgbot::revision],
  }

  file {
    default:
      owner => 'root',
      group => 'root',
      mode  => '0755',
      ;
    ['/opt/ptgbot', '/opt/ptgbot/releases']:
      ensure => directory,
      ;
    '/opt/ptgbot/install-release':
      ensure => file,
      source => 'puppet:///modules/ptgbot/install-release',
      ;
    '/opt/ptgbot/current':
      ensure => link,
      target => "releases/${release}",
      ;
    '/usr/local/bin/ptgbot':
      ensure => link,
      target => '/opt/ptgbot/current/deploy/ptgbot',
      ;
  }

  exec { "ptgbot: install ${release}":
    command => ['/opt/ptgbot/install-release', $release] + $from,
    creates => "/opt/ptgbot/releases/${release}",
    path    => ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'],
    timeout => 1800,
    require => [File['/opt/ptgbot/install-release', '/opt/ptgbot/releases'], Ptgbot::Package[$ptgbot::packages]],
    before  => File['/opt/ptgbot/current'],
  }
}
