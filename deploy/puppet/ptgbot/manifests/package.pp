# @summary A package that another module may want as well
# @api private
define ptgbot::package {
  assert_private()

  # Not ensure_packages: stdlib 9 has it under another name than stdlib 8.
  unless defined(Package[$title]) {
    package { $title: ensure => installed }
  }
}
