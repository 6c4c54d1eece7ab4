# @summary The service, as one process or as two
# @api private
class ptgbot::service {
  assert_private()

  $commands = { 'ptgbot' => 'start', 'ptgbot-bot' => 'bot', 'ptgbot-site' => 'site' }
  $wanted = $ptgbot::mode ? {
    'one'   => ['ptgbot'],
    default => ['ptgbot-bot', 'ptgbot-site'],
  }

  $commands.each |$name, $command| {
    ptgbot::unit { $name:
      ensure  => if $name in $wanted { present } else { absent },
      command => $command,
    }
  }
  # Only one bot can have the repository.
  Ptgbot::Unit[$commands.keys - $wanted] -> Ptgbot::Unit[$wanted]

  File['/opt/ptgbot/current', '/etc/ptgbot/ptgbot.yaml'] ~> Service[$wanted]
  File[$ptgbot::config::secrets.keys.map |$name| { "/etc/ptgbot/credentials/${name}" }] ~> Service[$wanted]
}
