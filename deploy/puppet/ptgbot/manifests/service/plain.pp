# @summary The same where systemd does not run, as in a container: a process in the background, with a log
# @param ensure
#   Whether it is there and runs
# @param command
#   What of ptgbot it runs
# @api private
define ptgbot::service::plain (
  Enum['present', 'absent'] $ensure,
  Enum['start', 'bot', 'site'] $command,
) {
  assert_private()

  $log = "/var/log/${title}.log"
  $daemon = "/sbin/start-stop-daemon --pidfile /run/${title}.pid"
  $environment = 'HOME=/var/lib/ptgbot CREDENTIALS_DIRECTORY=/etc/ptgbot/credentials'
  $program = "/opt/ptgbot/current/node_modules/.bin/node /opt/ptgbot/current/ptgbot.js ${command}"

  $control = {
    start  => join([
        "${daemon} --start --background --make-pidfile --chuid ptgbot --chdir /var/lib/ptgbot --umask 022",
        "--output ${log} --startas /usr/bin/env -- ${environment} ${program} --config /etc/ptgbot/ptgbot.yaml",
    ], ' '),
    stop   => "${daemon} --stop --oknodo --retry TERM/30/KILL/5 --remove-pidfile",
    status => "${daemon} --status",
  }

  if $ensure == 'present' {
    file {
      default:
        owner => 'root',
        group => 'root',
        ;
      $log:
        ensure => file,
        owner  => 'ptgbot',
        group  => 'adm',
        mode   => '0640',
        ;
      "/etc/logrotate.d/${title}":
        ensure  => file,
        mode    => '0644',
        content => epp('ptgbot/logrotate.epp', { 'log' => $log }),
        ;
    }
    -> service { $title:
      ensure   => running,
      provider => 'base',
      *        => $control,
    }
  } else {
    service { $title:
      ensure   => stopped,
      provider => 'base',
      *        => $control,
    }
    -> file { [$log, "/etc/logrotate.d/${title}"]:
      ensure => absent,
      backup => false,
    }
  }
}
