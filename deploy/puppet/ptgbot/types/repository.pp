# @summary What git can clone: an address, or a path on the server
type Ptgbot::Repository = Pattern[/\A(https|ssh):\/\/[^\s\0]+\z/, /\A\/[^\s\0]+\z/, /\A[\w.-]+@[\w.-]+:[^\s\0]+\z/]
