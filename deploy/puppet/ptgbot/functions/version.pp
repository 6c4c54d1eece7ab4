# @summary The version of a release, from the name of its tarball or from a revision
# @param source
#   Such as https://example.org/ptgbot-1.2.0.tgz
# @param revision
#   Such as v1.2.0, or a commit
# @return 1.2.0, or the commit
# @api private
function ptgbot::version(Optional[Ptgbot::Source] $source, Optional[Ptgbot::Revision] $revision) >> Ptgbot::Version {
  if $revision =~ NotUndef {
    $revision.regsubst('\Av(?=\d)', '').regsubst('[^0-9A-Za-z.+-]', '-', 'G')
  } elsif $source =~ /\/ptgbot-([^\/]+)\.tgz\z/ {
    $1
  } else {
    fail("ptgbot: expected a source named ptgbot-VERSION.tgz, or its version beside it; not ${source}")
  }
}
