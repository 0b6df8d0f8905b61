messages-thread = Samtale
messages-from = Brev frå { $name }
messages-answer-from = Svar frå { $name }
messages-note-from = Internt notat frå { $name }
messages-mail = E-post
messages-answer = Svar
messages-note = Internt notat
messages-vacation = Fråværsmelding
messages-bounce = Kunne ikkje leverast
messages-list = Nyhendebrev
messages-automatic = Automatisk
messages-new = Ny
messages-no-text = Brevet har ingen tekst.
messages-quoted =
    { $lines ->
        [one] Sitert tekst, éi linje
       *[other] Sitert tekst, { $lines } linjer
    }
messages-formatted = Vis slik avsendaren sette det opp
messages-raw = Sjå brevet i rå form
messages-images-blocked =
    { $count ->
        [one] Eitt bilete frå nettet er ikkje henta, fordi avsendaren elles kan sjå at brevet er opna.
       *[other] { $count } bilete frå nettet er ikkje henta, fordi avsendaren elles kan sjå at brevet er opna.
    }
messages-images-show = Hent bileta
messages-waiting = Blir sendt …
messages-delayed = Ikkje sendt enno.
messages-delayed-text = E-posttenaren svarer ikkje. Vi prøver igjen av oss sjølve, du treng ikkje gjere noko.
messages-no-relay = Ingen e-posttenar er sett opp enno. Det går av seg sjølv når ein administrator har sett opp ein.
messages-failed = Kunne ikkje sendast.
messages-failed-text = Det har ikkje kome fram til mottakaren, eller, om det er fleire, til dei som er nemnde her. Sjekk om adressa er rett, eller ring.
messages-send-again = Send igjen
messages-bounced = Kom tilbake.
messages-bounced-text = Postkassa til mottakaren tok ikkje imot svaret. Sjekk om adressa er rett, eller ring.
messages-send-on = Vidaresend dette brevet
messages-sent-on-to = Vidaresendt til { $address }
messages-forward-from = Vidaresendt av { $name }
messages-forward = Vidaresendt
messages-held = Blir sendt om
messages-undo = Angre
messages-automatic-answer = Automatisk svar
messages-earlier =
    { $count ->
        [one] Vis éi tidlegare melding
       *[other] Vis { $count } tidlegare meldingar
    }
messages-only-newest = Vis berre dei nyaste
