colleagues-lent = For { $name }
colleagues-take-over = Overta
colleagues-take-over-title = Overta fra en kollega
colleagues-take-over-from = { $name } har den nå, og får beskjed om at den er din.
colleagues-word-to-citizen = Et ord til innbyggeren (valgfritt)
colleagues-word-to-citizen-help = Det sendes som svar med en gang. Uten det får innbyggeren ingen beskjed.
colleagues-title = Kolleger
colleagues-text = Hvem er her, og hvem er borte. Er noen borte, ligger nye svar til dem klare for dere andre.
colleagues-me = Meg selv
colleagues-none = Du er alene
colleagues-none-text = Kolleger i avdelingene dine står her.
colleagues-here = Er her
colleagues-not-here = Ikke pålogget akkurat nå
colleagues-is-away = borte
colleagues-away = Er borte …
colleagues-away-until = Borte til og med { $day }
colleagues-deputy-is = { $name } får svarene.
colleagues-for-all = Nye svar ligger uten eier.
colleagues-open =
    { $count ->
        [one] én åpen
       *[other] { $count } åpne
    }
colleagues-take-over-all = Overta alle
colleagues-take-over-count =
    { $count ->
        [one] Overta den ene
       *[other] Overta alle { $count }
    }
colleagues-word-to-citizens = Et ord til innbyggerne (kan utelates)
colleagues-word-help = Sendes som svar i hver av dem.
colleagues-lent-count =
    { $count ->
        [one] Én av dine ligger hos andre.
       *[other] { $count } av dine ligger hos andre.
    }
colleagues-hand-back = Ta dem tilbake
colleagues-back = Er tilbake
colleagues-from = Første dag
colleagues-to = Siste dag
colleagues-why = Et ord om hvorfor (kan utelates)
colleagues-deputy = Hvem får svarene?
colleagues-no-deputy = Ingen bestemt, hele avdelingen
colleagues-go-away = Lagre fraværet
colleagues-ends-too-early = Siste dag kan ikke ligge før den første eller være passert.
colleagues-no-such = Den kollegaen arbeider ikke her lenger.
colleagues-own-deputy = Velg en annen til å få svarene.
