folders-shared = Fælles indbakke
folders-own = Mit
folders-colleagues = Kolleger
folders-other = Andet
folders-departments = Mine afdelinger
folders-other-departments = Andre afdelinger
folders-all = Alle afdelinger
folders-unowned = Uden ejer
folders-mine = Mine
folders-waiting = Venter på svar
folders-sent = Besvaret af mig
folders-closed = Lukket
folders-quarantine = Karantæne
folders-department = Afdeling
folders-colleague = Kollega
folders-restricted = beskyttet
folders-list = Liste over henvendelser
folders-waiting-count =
    { $count ->
        [one] { $shown } venter
       *[other] { $shown } venter
    }
folders-unread = Ulæst.
folders-messages =
    { $count ->
        [one] En besked
       *[other] { $count } beskeder
    }
folders-paging = Bladre i listen
folders-older = Ældre
folders-newer = Nyere
folders-more = Flere
folders-top = Til toppen
folders-see-unowned =
    { $count ->
        [one] Se den ene uden ejer
       *[other] Se de { $count } uden ejer
    }
folders-department-gone = Denne afdeling findes ikke længere
folders-department-gone-text = Den er fjernet, eller kun for sine medlemmer. Det, der lå i den, ligger i en anden.
folders-all-done = Alt er besvaret
folders-all-done-text = Her venter ingen. Nye breve dukker op af sig selv.
folders-mine-done = Du er ajour
folders-mine-done-text = Ingen venter på svar fra dig.
folders-nothing-waits = Intet venter
folders-nothing-waits-text = Her står det, du har besvaret, til borgeren svarer, eller du lukker det.
folders-colleague-none = Intet åbent
folders-colleague-none-text = Kollegaen har ingen åbne henvendelser, som du kan se.
folders-none-closed = Intet er lukket endnu
folders-none-closed-text = Det, der er færdigt, ligger her.
folders-drafts = Kladder
folders-no-drafts = Ingen kladder
folders-no-drafts-text = Det, du begynder at skrive, ligger her, til du sender det.
folders-none-sent = Du har ikke svaret nogen endnu
folders-none-sent-text = Her ligger det, du har svaret på, nyeste først.
folders-snoozed = Udsat
folders-followed = Følger
folders-none-snoozed = Intet er udsat
folders-none-snoozed-text = Det, du udsætter, ligger her og kommer selv tilbage.
folders-none-followed = Du følger ikke noget
folders-none-followed-text = Vælg Følg under Mere, eller bliv nævnt med @ i en intern note.
folders-newer-above = Nyere: {"{n}"}
folders-left = Ikke længere i denne mappe.
