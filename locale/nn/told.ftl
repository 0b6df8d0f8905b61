told-claimed = Du tok { $number }
told-released = { $number } er sleppt
told-assigned = { $number } er tildelt
told-referred = { $number } er flytta
told-replied = Svar sendt, { $number }
told-replied-and-closed = Svar sendt, og { $number } er lukka
told-noted = Notat lagra på { $number }
told-marked-urgent = { $number } hastar no
told-unmarked-urgent = { $number } hastar ikkje lenger
told-closed = { $number } er lukka
told-reopened = { $number } er open igjen
told-linked = Kopla saman
told-dismissed = Forslaget er fjerna
told-retried = Blir prøvd igjen no
told-saved = Lagra
told-password-changed = Passordet er bytt
told-session-ended = Logga ut der
told-letter-sent = Brevet er sendt
told-readdressed = Sendt dit og blir lagt på plass no
told-discarded = Forkasta. Det kan leggjast tilbake i 30 dagar
told-restored = Det ligg i karantene igjen
told-joined = Dei er no éin person. Du kan angre nedanfor
told-parted = Dei er to personar igjen
told-forwarded = { $number } er vidaresend
told-draft-discarded = Kladden er forkasta
told-withdrawn = Ikkje sendt; teksten er kladden din igjen
told-note-taken-back = Notatet er trekt tilbake; teksten er kladden din igjen
told-marked-unread = { $number } er merkt som ulesen
told-undone = Angra
told-not-undone = Ikkje angra: det er endra sidan
told-invited = Lenkja er på veg på e-post
told-undo = Angre
told-snoozed = { $number } er utsett
told-tagged = Etiketten er sett på
told-untagged = Etiketten er teken av
told-followed = Du følgjer { $number }
told-unfollowed = Du følgjer ikkje lenger { $number }
told-unlinked = Høyrer ikkje lenger saman
told-split = Delt ut i { $number }
told-merged = Slått saman i { $number }
told-taken-over = Du har teke over { $number }
told-went-away = Fråværet er lagra
told-came-back = Velkomen tilbake
told-many-back = { $count ->
    [one] Éi er som ho var før
   *[other] { $count } er som dei var før
}
told-many-claimed = { $count ->
    [one] Éi teken
   *[other] { $count } tekne
}
told-many-released = { $count ->
    [one] Éi sleppt
   *[other] { $count } sleppte
}
told-many-assigned = { $count ->
    [one] Éi tildelt
   *[other] { $count } tildelte
}
told-many-referred = { $count } flytta
told-many-closed = { $count } lukka
told-many-reopened = { $count } opna igjen
told-many-marked-urgent = { $count } hastar no
told-many-unmarked-urgent = { $count } hastar ikkje lenger
told-many-tagged = { $count } fekk etiketten
told-many-untagged = Etiketten er teken av { $count }
told-many-snoozed = { $count ->
    [one] Éi utsett
   *[other] { $count } utsette
}
told-many-taken-over = { $count ->
    [one] Éi overteken
   *[other] { $count } overtekne
}
told-many-marked-spam = { $count ->
    [one] Éi merkt som søppelpost
   *[other] { $count } merkte som søppelpost
}
told-many-marked-no-spam = { $count } er ikkje søppelpost
told-many-handed-back = { $count ->
    [one] Éi gjeven tilbake
   *[other] { $count } gjevne tilbake
}
told-many-read = { $count ->
    [one] Éin merkt som lesen
   *[other] { $count } merkte som lesne
}
told-many-unread = { $count ->
    [one] Éin merkt som ulesen
   *[other] { $count } merkte som ulesne
}
told-many-followed = Du følgjer { $count }
told-many-unfollowed = Du følgjer ikkje lenger { $count }
told-many-merged = { $count ->
    [one] Éin slegen saman med den eldste
   *[other] { $count } slegne saman med den eldste
}
told-partly-done = { $count } er ferdige, { $refused } blei det ikkje noko av
told-begun = Det er i gang
told-stopped = Stoppa
told-nothing-chosen = Det var ingenting å gjere
told-categorised = Kategorien på { $number } er endra
