# @summary The site of the web server
# @api private
class ptgbot::web {
  assert_private()

  case $ptgbot::webserver {
    'apache': { contain ptgbot::web::apache }
    'nginx': { contain ptgbot::web::nginx }
    default: {}
  }
}
