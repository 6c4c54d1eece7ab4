# @summary A tag or a commit; a branch, which moves, would not be followed
type Ptgbot::Revision = Pattern[/\A[0-9A-Za-z][0-9A-Za-z._\/+-]*\z/]
