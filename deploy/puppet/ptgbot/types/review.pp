# @summary What only counts when an operator has approved it
type Ptgbot::Review = Struct[{
    Optional['commands']     => Array[String[1]],
    Optional['unidentified'] => Boolean,
    Optional['gerrit']       => Boolean,
}]
