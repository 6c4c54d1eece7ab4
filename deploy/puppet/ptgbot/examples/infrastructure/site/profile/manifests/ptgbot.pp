# @summary ptgbot as we run it: what is the same on all our servers stands here, all else in Hiera
#
# @param certificate
#   The name of the certificate that certbot keeps
class profile::ptgbot (
  Stdlib::Fqdn $certificate,
) {
  class { 'ptgbot':
    ssl_cert => "/etc/letsencrypt/live/${certificate}/fullchain.pem",
    ssl_key  => "/etc/letsencrypt/live/${certificate}/privkey.pem",
  }
}
