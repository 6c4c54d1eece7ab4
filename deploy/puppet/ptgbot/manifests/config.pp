# @summary ptgbot.yaml, and the secrets beside it
# @api private
class ptgbot::config {
  assert_private()

  # Under systemd only root reads the secrets, and hands them to the service.
  [$secret_group, $secret_mode] = $facts['service_provider'] ? {
    'systemd' => ['root', '0600'],
    default   => ['ptgbot', '0640'],
  }
  $secrets = {
    'irc-password'   => $ptgbot::irc_password,
    'git-token'      => $ptgbot::git_token,
    'webhook-secret' => $ptgbot::webhook_secret,
    'ssh-key'        => $ptgbot::ssh_key,
  }
  $given = $secrets.filter |$_, $secret| { $secret =~ NotUndef }

  file {
    default:
      owner => 'root',
      group => 'ptgbot',
      ;
    '/etc/ptgbot':
      ensure => directory,
      mode   => '0750',
      ;
    '/etc/ptgbot/credentials':
      ensure => directory,
      group  => $secret_group,
      mode   => '0750',
      ;
    '/etc/ptgbot/known_hosts':
      ensure  => if $ptgbot::known_hosts.empty { absent } else { file },
      mode    => '0640',
      content => $ptgbot::known_hosts.map |$line| { "${line}\n" }.join,
      ;
  }

  $secrets.each |$name, $secret| {
    file { "/etc/ptgbot/credentials/${name}":
      ensure    => if $secret =~ Undef { absent } else { file },
      owner     => 'root',
      group     => $secret_group,
      mode      => $secret_mode,
      content   => if $secret =~ NotUndef { Sensitive("${secret.unwrap.chomp}\n") },
      show_diff => false,
      backup    => false,
    }
  }

  $is_sensitive = $ptgbot::settings =~ Sensitive
  $settings = if $is_sensitive { $ptgbot::settings.unwrap } else { $ptgbot::settings }
  $yaml = to_yaml(deep_merge(ptgbot::configuration(), $settings))
  $content = "# Written by Puppet.\n${yaml}"

  file { '/etc/ptgbot/ptgbot.yaml':
    ensure       => file,
    owner        => 'root',
    group        => 'ptgbot',
    mode         => '0640',
    content      => if $is_sensitive { Sensitive($content) } else { $content },
    backup       => false,
    # A mistake never replaces what worked.
    validate_cmd => join([
        '/usr/bin/env CREDENTIALS_DIRECTORY=/etc/ptgbot/credentials',
        '/usr/local/bin/ptgbot check /opt/ptgbot/current/schedule-data/example --config %',
    ], ' '),
    require      => $secrets.keys.map |$name| { File["/etc/ptgbot/credentials/${name}"] },
  }
}
