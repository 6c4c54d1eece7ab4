# @summary A service, however this machine starts such
# @param ensure
#   Whether it is there and runs
# @param command
#   What of ptgbot it runs
# @api private
define ptgbot::unit (
  Enum['present', 'absent'] $ensure,
  Enum['start', 'bot', 'site'] $command,
) {
  assert_private()

  if $facts['service_provider'] == 'systemd' {
    ptgbot::service::systemd { $title: ensure => $ensure }
  } else {
    ptgbot::service::plain { $title:
      ensure  => $ensure,
      command => $command,
    }
  }
}
