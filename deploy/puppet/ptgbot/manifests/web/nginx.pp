# @summary A server block of nginx. What it needs stands in the release.
# @api private
class ptgbot::web::nginx {
  assert_private()

  ptgbot::web::server { 'nginx': test => ['/usr/sbin/nginx', '-t', '-q'] }

  file {
    default:
      owner   => 'root',
      group   => 'root',
      mode    => '0644',
      require => Ptgbot::Package['nginx'],
      notify  => Exec['ptgbot: test nginx'],
      ;
    '/etc/nginx/sites-available/ptgbot':
      ensure  => file,
      content => epp('ptgbot/nginx.conf.epp', {
          'server_name' => $ptgbot::server_name,
          'listen'      => $ptgbot::listen,
          'ssl_cert'    => $ptgbot::ssl_cert,
          'ssl_key'     => $ptgbot::ssl_key,
      }),
      ;
    '/etc/nginx/sites-enabled/ptgbot':
      ensure => link,
      target => '../sites-available/ptgbot',
      ;
  }
}
