told-claimed = Du tok { $number }
told-released = { $number } er sluppet
told-assigned = { $number } er tildelt
told-referred = { $number } er flyttet
told-replied = Svar sendt, { $number }
told-replied-and-closed = Svar sendt, og { $number } er lukket
told-noted = Notat lagret på { $number }
told-marked-urgent = { $number } er merket som haster
told-unmarked-urgent = { $number } haster ikke lenger
told-closed = { $number } er lukket
told-reopened = { $number } er åpen igjen
told-linked = Koblet sammen
told-dismissed = Forslaget er fjernet
told-retried = Prøves igjen nå
told-saved = Lagret
told-password-changed = Passordet er byttet
told-session-ended = Logget ut der
told-letter-sent = Brevet er sendt
told-readdressed = Sendt dit og legges på plass nå
told-discarded = Forkastet. Det kan legges tilbake i 30 dager
told-restored = Det ligger i karantene igjen
told-joined = De er nå én person. Du kan angre nedenfor
told-parted = De er to personer igjen
told-forwarded = { $number } er videresendt
told-draft-discarded = Kladden er forkastet
told-withdrawn = Ikke sendt; teksten er kladden din igjen
told-note-taken-back = Notatet er trukket tilbake; teksten er kladden din igjen
told-marked-unread = { $number } er merket som ulest
told-undone = Angret
told-not-undone = Ikke angret: det er endret siden
told-invited = Lenken er på vei på e-post
told-undo = Angre
told-snoozed = { $number } er utsatt
told-tagged = Etiketten er satt på
told-untagged = Etiketten er tatt av
told-followed = Du følger { $number }
told-unfollowed = Du følger ikke lenger { $number }
told-unlinked = Hører ikke lenger sammen
told-split = Delt ut i { $number }
told-merged = Slått sammen i { $number }
told-taken-over = Du har overtatt { $number }
told-went-away = Fraværet er lagret
told-came-back = Velkommen tilbake
told-many-back = { $count ->
    [one] Én er som den var før
   *[other] { $count } er som de var før
}
told-many-claimed = { $count } tatt
told-many-released = { $count } sluppet
told-many-assigned = { $count } tildelt
told-many-referred = { $count } flyttet
told-many-closed = { $count } lukket
told-many-reopened = { $count } åpnet igjen
told-many-marked-urgent = { $count } merket som haster
told-many-unmarked-urgent = { $count } haster ikke lenger
told-many-tagged = { $count } fikk etiketten
told-many-untagged = Etiketten er tatt av { $count }
told-many-snoozed = { $count } utsatt
told-many-taken-over = { $count } overtatt
told-many-marked-spam = { $count } merket som søppelpost
told-many-marked-no-spam = { $count } er ikke søppelpost
told-many-handed-back = { $count } gitt tilbake
told-many-read = { $count ->
    [one] Én merket som lest
   *[other] { $count } merket som lest
}
told-many-unread = { $count ->
    [one] Én merket som ulest
   *[other] { $count } merket som ulest
}
told-many-followed = Du følger { $count }
told-many-unfollowed = Du følger ikke lenger { $count }
told-many-merged = { $count ->
    [one] Én slått sammen med den eldste
   *[other] { $count } slått sammen med den eldste
}
told-partly-done = { $count } er ferdige, { $refused } ble det ikke noe av
told-begun = Det er i gang
told-stopped = Stoppet
told-nothing-chosen = Det var ingenting å gjøre
told-categorised = Kategorien på { $number } er endret
