folders-shared = Felles innboks
folders-own = Mitt
folders-colleagues = Kollegaer
folders-other = Anna
folders-departments = Avdelingane mine
folders-other-departments = Andre avdelingar
folders-all = Alle avdelingar
folders-unowned = Utan eigar
folders-mine = Mine
folders-waiting = Ventar på svar
folders-sent = Svart på av meg
folders-closed = Lukka
folders-quarantine = Karantene
folders-department = Avdeling
folders-colleague = Kollega
folders-restricted = skjerma
folders-list = Liste over henvendingar
folders-waiting-count =
    { $count ->
        [one] { $shown } ventar
       *[other] { $shown } ventar
    }
folders-unread = Ulesen.
folders-messages =
    { $count ->
        [one] Éi melding
       *[other] { $count } meldingar
    }
folders-paging = Bla i lista
folders-older = Eldre
folders-newer = Nyare
folders-more = Fleire
folders-top = Til toppen
folders-see-unowned =
    { $count ->
        [one] Sjå den eine utan eigar
       *[other] Sjå dei { $count } utan eigar
    }
folders-department-gone = Denne avdelinga er borte
folders-department-gone-text = Ho er fjerna, eller berre for medlemene sine. Det som låg i ho, ligg i ei anna.
folders-all-done = Alt er svart på
folders-all-done-text = Her ventar ingen. Nye brev dukkar opp av seg sjølv.
folders-mine-done = Du er à jour
folders-mine-done-text = Ingen ventar på svar frå deg.
folders-nothing-waits = Ingenting ventar
folders-nothing-waits-text = Her står det du har svart på, til innbyggjaren svarer eller du lukkar det.
folders-colleague-none = Ingenting ope
folders-colleague-none-text = Kollegaen har ingen opne henvendingar som du kan sjå.
folders-none-closed = Ingenting er lukka enno
folders-none-closed-text = Det som er ferdig, ligg her.
folders-drafts = Kladdar
folders-no-drafts = Ingen kladdar
folders-no-drafts-text = Det du byrjar å skrive, ligg her til du sender det.
folders-none-sent = Du har ikkje svart nokon enno
folders-none-sent-text = Her ligg det du har svart på, nyaste først.
folders-snoozed = Utsett
folders-followed = Følgjer
folders-none-snoozed = Ingenting er utsett
folders-none-snoozed-text = Det du utset, ligg her og kjem tilbake av seg sjølv.
folders-none-followed = Du følgjer ingenting
folders-none-followed-text = Vel Følg under Meir, eller bli nemnd med @ i eit internt notat.
folders-newer-above = Nyare: {"{n}"}
folders-left = Ikkje lenger i denne mappa.
