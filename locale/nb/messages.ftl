messages-thread = Samtale
messages-from = Brev fra { $name }
messages-answer-from = Svar fra { $name }
messages-note-from = Internt notat fra { $name }
messages-mail = E-post
messages-answer = Svar
messages-note = Internt notat
messages-vacation = Fraværsmelding
messages-bounce = Kunne ikke leveres
messages-list = Nyhetsbrev
messages-automatic = Automatisk
messages-new = Ny
messages-no-text = Brevet har ingen tekst.
messages-quoted =
    { $lines ->
        [one] Sitert tekst, én linje
       *[other] Sitert tekst, { $lines } linjer
    }
messages-formatted = Vis slik avsenderen satte det opp
messages-raw = Se brevet i rå form
messages-images-blocked =
    { $count ->
        [one] Ett bilde fra nettet er ikke hentet, fordi avsenderen ellers kan se at brevet er åpnet.
       *[other] { $count } bilder fra nettet er ikke hentet, fordi avsenderen ellers kan se at brevet er åpnet.
    }
messages-images-show = Hent bildene
messages-waiting = Sendes …
messages-delayed = Ikke sendt ennå.
messages-delayed-text = E-posttjeneren svarer ikke. Vi prøver igjen av oss selv, du trenger ikke gjøre noe.
messages-no-relay = Ingen e-posttjener er satt opp ennå. Det går av seg selv når en administrator har satt opp en.
messages-failed = Kunne ikke sendes.
messages-failed-text = Det har ikke kommet fram til mottakeren, eller, hvis det er flere, til dem som er nevnt her. Sjekk om adressen er riktig, eller ring.
messages-send-again = Send igjen
messages-bounced = Kom tilbake.
messages-bounced-text = Mottakerens postkasse tok ikke imot svaret. Sjekk om adressen er riktig, eller ring.
messages-send-on = Videresend dette brevet
messages-sent-on-to = Videresendt til { $address }
messages-forward-from = Videresendt av { $name }
messages-forward = Videresendt
messages-held = Sendes om
messages-undo = Angre
messages-automatic-answer = Automatisk svar
messages-earlier =
    { $count ->
        [one] Vis én tidligere melding
       *[other] Vis { $count } tidligere meldinger
    }
messages-only-newest = Vis bare de nyeste
