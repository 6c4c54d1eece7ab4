# @summary An address and port, such as 127.0.0.1:8000 or [::1]:8000
type Ptgbot::Listen = Pattern[/\A(\[[0-9A-Fa-f:.]+\]|[0-9A-Za-z.-]+):\d{1,5}\z/]
