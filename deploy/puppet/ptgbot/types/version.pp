# @summary What tells a release apart; the name of its folder
type Ptgbot::Version = Pattern[/\A[0-9A-Za-z][0-9A-Za-z.+-]*\z/]
