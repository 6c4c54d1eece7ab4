# @summary A SHA-256 checksum, as sha256sum prints it
type Ptgbot::Sha256 = Pattern[/\A[0-9a-f]{64}\z/]
