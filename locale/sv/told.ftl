told-claimed = Du tog { $number }
told-released = { $number } är släppt
told-assigned = { $number } är tilldelad
told-referred = { $number } är flyttad
told-replied = Svar skickat, { $number }
told-replied-and-closed = Svar skickat, och { $number } är avslutad
told-noted = Anteckning sparad på { $number }
told-marked-urgent = { $number } är markerad som brådskande
told-unmarked-urgent = { $number } brådskar inte längre
told-closed = { $number } är avslutad
told-reopened = { $number } är öppen igen
told-linked = Ihopkopplade
told-dismissed = Förslaget är borttaget
told-retried = Försöker igen nu
told-saved = Sparat
told-password-changed = Lösenordet är bytt
told-session-ended = Utloggad där
told-letter-sent = Brevet är skickat
told-readdressed = Skickat dit och läggs på plats nu
told-discarded = Kasserat. Det kan läggas tillbaka i 30 dagar
told-restored = Det ligger i karantän igen
told-joined = De är nu en person. Du kan ångra nedan
told-parted = De är två personer igen
told-forwarded = { $number } är vidarebefordrad
told-draft-discarded = Utkastet har kastats
told-withdrawn = Inte skickat; texten är ditt utkast igen
told-note-taken-back = Anteckningen är borttagen; texten är ditt utkast igen
told-marked-unread = { $number } är markerad som oläst
told-undone = Ångrat
told-not-undone = Inte ångrat: det har ändrats sedan dess
told-invited = Länken är på väg med e-post
told-undo = Ångra
told-snoozed = { $number } är uppskjuten
told-tagged = Etiketten är satt
told-untagged = Etiketten är borttagen
told-followed = Du följer { $number }
told-unfollowed = Du följer inte längre { $number }
told-unlinked = Hör inte längre ihop
told-split = Utdelad i { $number }
told-merged = Ihopslagna i { $number }
told-taken-over = Du har tagit över { $number }
told-went-away = Frånvaron är sparad
told-came-back = Välkommen tillbaka
told-many-back = { $count ->
    [one] En är som den var förut
   *[other] { $count } är som de var förut
}
told-many-claimed = { $count ->
    [one] En tagen
   *[other] { $count } tagna
}
told-many-released = { $count ->
    [one] En släppt
   *[other] { $count } släppta
}
told-many-assigned = { $count ->
    [one] En tilldelad
   *[other] { $count } tilldelade
}
told-many-referred = { $count ->
    [one] En flyttad
   *[other] { $count } flyttade
}
told-many-closed = { $count ->
    [one] En avslutad
   *[other] { $count } avslutade
}
told-many-reopened = { $count ->
    [one] En öppnad igen
   *[other] { $count } öppnade igen
}
told-many-marked-urgent = { $count ->
    [one] En markerad som brådskande
   *[other] { $count } markerade som brådskande
}
told-many-unmarked-urgent = { $count } brådskar inte längre
told-many-tagged = { $count } fick etiketten
told-many-untagged = Etiketten togs bort från { $count }
told-many-snoozed = { $count ->
    [one] En uppskjuten
   *[other] { $count } uppskjutna
}
told-many-taken-over = { $count ->
    [one] En övertagen
   *[other] { $count } övertagna
}
told-many-marked-spam = { $count ->
    [one] En markerad som skräppost
   *[other] { $count } markerade som skräppost
}
told-many-marked-no-spam = { $count } är inte skräppost
told-many-handed-back = { $count ->
    [one] En lämnad tillbaka
   *[other] { $count } lämnade tillbaka
}
told-many-read = { $count ->
    [one] En markerad som läst
   *[other] { $count } markerade som lästa
}
told-many-unread = { $count ->
    [one] En markerad som oläst
   *[other] { $count } markerade som olästa
}
told-many-followed = Du följer { $count }
told-many-unfollowed = Du följer inte längre { $count }
told-many-merged = { $count ->
    [one] En ihopslagen med den äldsta
   *[other] { $count } ihopslagna med den äldsta
}
told-partly-done = { $count } är klara, { $refused } blev inte av
told-begun = Det pågår
told-stopped = Stoppat
told-nothing-chosen = Det fanns inget att göra
told-categorised = Kategorin på { $number } är ändrad
