colleagues-lent = { $name }’s
colleagues-take-over = Take over
colleagues-take-over-title = Take over from a colleague
colleagues-take-over-from = { $name } has it now, and is told that it is yours.
colleagues-word-to-citizen = A word to the resident (optional)
colleagues-word-to-citizen-help = It is sent as a reply at once. Without it the resident is told nothing.
colleagues-title = Colleagues
colleagues-text = Who is here and who is away. While somebody is away, new replies to them lie ready for the others.
colleagues-me = Myself
colleagues-none = You are alone
colleagues-none-text = Colleagues of your departments stand here.
colleagues-here = Here
colleagues-not-here = Not signed in right now
colleagues-is-away = away
colleagues-away = Is away …
colleagues-away-until = Away until { $day }
colleagues-deputy-is = { $name } gets the replies.
colleagues-for-all = New replies lie unowned.
colleagues-open =
    { $count ->
        [one] one open
       *[other] { $count } open
    }
colleagues-take-over-all = Take over all
colleagues-take-over-count =
    { $count ->
        [one] Take over the one
       *[other] Take over all { $count }
    }
colleagues-word-to-citizens = A word to the residents (optional)
colleagues-word-help = It is sent as a reply in each of them.
colleagues-lent-count =
    { $count ->
        [one] One of yours is with others.
       *[other] { $count } of yours are with others.
    }
colleagues-hand-back = Take them back
colleagues-back = Is back
colleagues-from = First day
colleagues-to = Last day
colleagues-why = A word why (optional)
colleagues-deputy = Who gets the replies?
colleagues-no-deputy = Nobody in particular, the whole department
colleagues-go-away = Save the absence
colleagues-ends-too-early = The last day may not be before the first, or have passed.
colleagues-no-such = That colleague no longer works here.
colleagues-own-deputy = Choose somebody else to get the replies.
