# @summary A web server that others use as well: installed, and reloaded when our site is another one
#
# Not a service: that may be another module's.
#
# @param test
#   Whether it understands its configuration
# @api private
define ptgbot::web::server (
  Array[String[1]] $test,
) {
  assert_private()

  ptgbot::package { $title: }

  exec { "ptgbot: test ${title}":
    command     => $test,
    refreshonly => true,
    subscribe   => File['/opt/ptgbot/current'],
    require     => Class['ptgbot::user'],
  }
  ~> exec { "ptgbot: reload ${title}":
    command     => "if service ${title} status; then service ${title} reload; else service ${title} start; fi",
    provider    => shell,
    path        => ['/usr/sbin', '/usr/bin', '/sbin', '/bin'],
    refreshonly => true,
  }
}
