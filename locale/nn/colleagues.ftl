colleagues-lent = For { $name }
colleagues-take-over = Ta over
colleagues-take-over-title = Overta frå ein kollega
colleagues-take-over-from = { $name } har henvendinga no, og får beskjed om at du har teke over.
colleagues-word-to-citizen = Eit ord til innbyggjaren (valfritt)
colleagues-word-to-citizen-help = Det blir sendt som svar med ein gong. Utan det får innbyggjaren ingen beskjed.
colleagues-title = Kollegaer
colleagues-text = Kven er her, og kven er borte. Er nokon borte, ligg nye svar til dei klare for dykk andre.
colleagues-me = Meg sjølv
colleagues-none = Du er åleine
colleagues-none-text = Kollegaer i avdelingane dine står her.
colleagues-here = Er her
colleagues-not-here = Ikkje pålogga akkurat no
colleagues-is-away = borte
colleagues-away = Er borte …
colleagues-away-until = Borte til og med { $day }
colleagues-deputy-is = { $name } får svara.
colleagues-for-all = Nye svar ligg utan eigar.
colleagues-open =
    { $count ->
        [one] éi open
       *[other] { $count } opne
    }
colleagues-take-over-all = Ta over alle
colleagues-take-over-count =
    { $count ->
        [one] Ta over den eine
       *[other] Ta over alle { $count }
    }
colleagues-word-to-citizens = Eit ord til innbyggjarane (kan utelatast)
colleagues-word-help = Blir sendt som svar i kvar av dei.
colleagues-lent-count =
    { $count ->
        [one] Éi av dine ligg hos andre.
       *[other] { $count } av dine ligg hos andre.
    }
colleagues-hand-back = Ta dei tilbake
colleagues-back = Er tilbake
colleagues-from = Første dag
colleagues-to = Siste dag
colleagues-why = Eit ord om kvifor (kan utelatast)
colleagues-deputy = Kven får svara?
colleagues-no-deputy = Ingen bestemt, heile avdelinga
colleagues-go-away = Lagre fråværet
colleagues-ends-too-early = Siste dag kan ikkje liggje før den første eller vere passert.
colleagues-no-such = Den kollegaen arbeider ikkje her lenger.
colleagues-own-deputy = Vel ein annan til å få svara.
