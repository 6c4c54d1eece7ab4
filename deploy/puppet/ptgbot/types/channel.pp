# @summary A channel of IRC, such as #openinfra-events
type Ptgbot::Channel = Pattern[/\A[#&+!][^\s,:]{1,63}\z/]
