told-claimed = Du tog { $number }
told-released = { $number } er sluppet
told-assigned = { $number } er tildelt
told-referred = { $number } er flyttet
told-replied = Svar sendt, { $number }
told-replied-and-closed = Svar sendt, og { $number } er lukket
told-noted = Note gemt på { $number }
told-marked-urgent = { $number } er markeret som hastende
told-unmarked-urgent = { $number } haster ikke længere
told-closed = { $number } er lukket
told-reopened = { $number } er åben igen
told-linked = Koblet sammen
told-dismissed = Forslaget er fjernet
told-retried = Prøves igen nu
told-saved = Gemt
told-password-changed = Adgangskoden er skiftet
told-session-ended = Logget ud dér
told-letter-sent = Brevet er sendt
told-readdressed = Sendt dertil og lægges på plads nu
told-discarded = Kasseret. Det kan lægges tilbage i 30 dage
told-restored = Det ligger i karantæne igen
told-joined = De er nu én person. Du kan fortryde det nedenfor
told-parted = De er to personer igen
told-forwarded = { $number } er videresendt
told-draft-discarded = Kladden er kasseret
told-withdrawn = Ikke sendt; teksten er din kladde igen
told-note-taken-back = Noten er taget tilbage; teksten er din kladde igen
told-marked-unread = { $number } er markeret som ulæst
told-undone = Fortrudt
told-not-undone = Ikke fortrudt: det er ændret siden
told-invited = Linket er på vej med mail
told-undo = Fortryd
told-snoozed = { $number } er udsat
told-tagged = Etiketten er sat på
told-untagged = Etiketten er taget af
told-followed = Du følger { $number }
told-unfollowed = Du følger ikke længere { $number }
told-unlinked = Hører ikke længere sammen
told-split = Delt ud i { $number }
told-merged = Lagt sammen i { $number }
told-taken-over = Du har overtaget { $number }
told-went-away = Fraværet er gemt
told-came-back = Velkommen tilbage
told-many-back = { $count ->
    [one] En er, som den var før
   *[other] { $count } er, som de var før
}
told-many-claimed = { $count } taget
told-many-released = { $count } sluppet
told-many-assigned = { $count } tildelt
told-many-referred = { $count } flyttet
told-many-closed = { $count } lukket
told-many-reopened = { $count } åbnet igen
told-many-marked-urgent = { $count } markeret som hastende
told-many-unmarked-urgent = { $count } haster ikke længere
told-many-tagged = { $count } fik etiketten
told-many-untagged = Etiketten er taget af { $count }
told-many-snoozed = { $count } udsat
told-many-taken-over = { $count } overtaget
told-many-marked-spam = { $count } markeret som spam
told-many-marked-no-spam = { $count } er ikke spam
told-many-handed-back = { $count } givet tilbage
told-many-read = { $count ->
    [one] En markeret som læst
   *[other] { $count } markeret som læst
}
told-many-unread = { $count ->
    [one] En markeret som ulæst
   *[other] { $count } markeret som ulæst
}
told-many-followed = Du følger { $count }
told-many-unfollowed = Du følger ikke længere { $count }
told-many-merged = { $count ->
    [one] En lagt sammen med den ældste
   *[other] { $count } lagt sammen med den ældste
}
told-partly-done = { $count } er klaret, { $refused } blev ikke til noget
told-begun = Det er i gang
told-stopped = Stoppet
told-nothing-chosen = Der var ikke noget at gøre
told-categorised = Kategorien på { $number } er ændret
