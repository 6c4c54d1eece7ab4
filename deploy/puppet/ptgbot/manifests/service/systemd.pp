# @summary A unit of the release that runs, and what hands it the secrets
# @param ensure
#   Whether it is there and runs
# @api private
define ptgbot::service::systemd (
  Enum['present', 'absent'] $ensure,
) {
  assert_private()

  if $ensure == 'present' {
    ptgbot::service::unit_file { $title: }
    ~> service { $title:
      ensure   => running,
      enable   => true,
      provider => 'systemd',
    }
  } else {
    service { $title:
      ensure   => stopped,
      enable   => false,
      provider => 'systemd',
    }
    -> file { ["/etc/systemd/system/${title}.service", "/etc/systemd/system/${title}.service.d"]:
      ensure => absent,
      force  => true,
      backup => false,
    }
    ~> exec { "ptgbot: forget ${title}.service":
      command     => ['/bin/systemctl', 'daemon-reload'],
      refreshonly => true,
    }
  }
}
