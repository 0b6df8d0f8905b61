folders-shared = Felles innboks
folders-own = Mitt
folders-colleagues = Kolleger
folders-other = Annet
folders-departments = Mine avdelinger
folders-other-departments = Andre avdelinger
folders-all = Alle avdelinger
folders-unowned = Uten eier
folders-mine = Mine
folders-waiting = Venter på svar
folders-sent = Besvart av meg
folders-closed = Lukket
folders-quarantine = Karantene
folders-department = Avdeling
folders-colleague = Kollega
folders-restricted = skjermet
folders-list = Liste over henvendelser
folders-waiting-count =
    { $count ->
        [one] { $shown } venter
       *[other] { $shown } venter
    }
folders-unread = Ulest.
folders-messages =
    { $count ->
        [one] Én melding
       *[other] { $count } meldinger
    }
folders-paging = Bla i listen
folders-older = Eldre
folders-newer = Nyere
folders-more = Flere
folders-top = Til toppen
folders-see-unowned =
    { $count ->
        [one] Se den ene uten eier
       *[other] Se de { $count } uten eier
    }
folders-department-gone = Denne avdelingen er borte
folders-department-gone-text = Den er fjernet, eller bare for medlemmene sine. Det som lå i den, ligger i en annen.
folders-all-done = Alt er besvart
folders-all-done-text = Her venter ingen. Nye brev dukker opp av seg selv.
folders-mine-done = Du er à jour
folders-mine-done-text = Ingen venter på svar fra deg.
folders-nothing-waits = Ingenting venter
folders-nothing-waits-text = Her står det du har besvart, til innbyggeren svarer eller du lukker det.
folders-colleague-none = Ingenting åpent
folders-colleague-none-text = Kollegaen har ingen åpne henvendelser som du kan se.
folders-none-closed = Ingenting er lukket ennå
folders-none-closed-text = Det som er ferdig, ligger her.
folders-drafts = Kladder
folders-no-drafts = Ingen kladder
folders-no-drafts-text = Det du begynner å skrive, ligger her til du sender det.
folders-none-sent = Du har ikke svart noen ennå
folders-none-sent-text = Her ligger det du har svart på, nyeste først.
folders-snoozed = Utsatt
folders-followed = Følger
folders-none-snoozed = Ingenting er utsatt
folders-none-snoozed-text = Det du utsetter, ligger her og kommer tilbake av seg selv.
folders-none-followed = Du følger ingenting
folders-none-followed-text = Velg Følg under Mer, eller bli nevnt med @ i et internt notat.
folders-newer-above = Nyere: {"{n}"}
folders-left = Ikke lenger i denne mappen.
