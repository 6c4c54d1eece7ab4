# @summary Where the tarball of a release is: a path on the server, or an address
type Ptgbot::Source = Pattern[/\A\/[^\s\0]+\z/, /\Ahttps:\/\/[^\s\0]+\z/]
