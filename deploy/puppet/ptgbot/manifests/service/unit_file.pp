# @summary A unit as the release brings it, and the secrets that systemd hands over
# @api private
define ptgbot::service::unit_file {
  assert_private()

  $unit = "/etc/systemd/system/${title}.service"

  file {
    default:
      owner => 'root',
      group => 'root',
      mode  => '0644',
      ;
    $unit:
      ensure => file,
      source => "/opt/ptgbot/current/deploy/systemd/${title}.service",
      ;
    "${unit}.d":
      ensure => directory,
      mode   => '0755',
      ;
    "${unit}.d/credentials.conf":
      ensure  => file,
      content => epp('ptgbot/credentials.conf.epp', { 'names' => $ptgbot::config::given.keys }),
      ;
  }
  ~> exec { "ptgbot: load ${title}.service":
    command     => ['/bin/systemctl', 'daemon-reload'],
    refreshonly => true,
  }
}
