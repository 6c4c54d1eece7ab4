# @summary A virtual host of Apache. What it needs stands in the release; of Apache itself it takes only the modules.
# @api private
class ptgbot::web::apache {
  assert_private()

  ptgbot::web::server { 'apache2': test => ['/usr/sbin/apache2ctl', 'configtest'] }

  $ssl_modules = $ptgbot::ssl_cert ? {
    undef   => [],
    default => ['ssl'],
  }
  (['headers', 'rewrite', 'deflate', 'proxy', 'proxy_http'] + $ssl_modules).each |$module| {
    exec { "ptgbot: Apache's module ${module}":
      command => ['/usr/sbin/a2enmod', '--quiet', $module],
      creates => "/etc/apache2/mods-enabled/${module}.load",
      require => Ptgbot::Package['apache2'],
      notify  => Exec['ptgbot: test apache2'],
    }
  }

  file {
    default:
      owner   => 'root',
      group   => 'root',
      mode    => '0644',
      require => Ptgbot::Package['apache2'],
      notify  => Exec['ptgbot: test apache2'],
      ;
    '/etc/apache2/sites-available/ptgbot.conf':
      ensure  => file,
      content => epp('ptgbot/apache.conf.epp', {
          'server_name' => $ptgbot::server_name,
          'listen'      => $ptgbot::listen,
          'ssl_cert'    => $ptgbot::ssl_cert,
          'ssl_key'     => $ptgbot::ssl_key,
      }),
      ;
    '/etc/apache2/sites-enabled/ptgbot.conf':
      ensure => link,
      target => '../sites-available/ptgbot.conf',
      ;
  }
}
