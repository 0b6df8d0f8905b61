colleagues-lent = For { $name }
colleagues-take-over = Overtag
colleagues-take-over-title = Overtag fra en kollega
colleagues-take-over-from = { $name } har den nu og får besked om, at den er din.
colleagues-word-to-citizen = Et ord til borgeren (valgfrit)
colleagues-word-to-citizen-help = Det sendes som svar med det samme. Uden det får borgeren ingen besked.
colleagues-title = Kolleger
colleagues-text = Hvem er her, og hvem er væk. Er nogen væk, ligger deres nye svar klar til jer andre.
colleagues-me = Mig selv
colleagues-none = Du er alene
colleagues-none-text = Kolleger i dine afdelinger står her.
colleagues-here = Er her
colleagues-not-here = Ikke logget på lige nu
colleagues-is-away = væk
colleagues-away = Er væk …
colleagues-away-until = Væk til og med { $day }
colleagues-deputy-is = { $name } får svarene.
colleagues-for-all = Nye svar ligger uden ejer.
colleagues-open =
    { $count ->
        [one] én åben
       *[other] { $count } åbne
    }
colleagues-take-over-all = Overtag alle
colleagues-take-over-count =
    { $count ->
        [one] Overtag den ene
       *[other] Overtag alle { $count }
    }
colleagues-word-to-citizens = Et ord til borgerne (kan udelades)
colleagues-word-help = Sendes som svar i hver af dem.
colleagues-lent-count =
    { $count ->
        [one] Én af dine ligger hos andre.
       *[other] { $count } af dine ligger hos andre.
    }
colleagues-hand-back = Tag dem tilbage
colleagues-back = Er tilbage
colleagues-from = Første dag
colleagues-to = Sidste dag
colleagues-why = Et ord om hvorfor (kan udelades)
colleagues-deputy = Hvem får svarene?
colleagues-no-deputy = Ingen bestemt, hele afdelingen
colleagues-go-away = Gem fraværet
colleagues-ends-too-early = Sidste dag må ikke ligge før den første eller være gået.
colleagues-no-such = Den kollega arbejder her ikke længere.
colleagues-own-deputy = Vælg en anden til at få svarene.
