messages-thread = Samtale
messages-from = Brev fra { $name }
messages-answer-from = Svar fra { $name }
messages-note-from = Intern note fra { $name }
messages-mail = E-mail
messages-answer = Svar
messages-note = Intern note
messages-vacation = Fraværsbesked
messages-bounce = Kunne ikke leveres
messages-list = Nyhedsbrev
messages-automatic = Automatisk
messages-new = Ny
messages-no-text = Brevet har ingen tekst.
messages-quoted =
    { $lines ->
        [one] Citeret tekst, en linje
       *[other] Citeret tekst, { $lines } linjer
    }
messages-formatted = Vis, som afsenderen satte det op
messages-raw = Se brevet i rå form
messages-images-blocked =
    { $count ->
        [one] Et billede fra nettet er ikke hentet, fordi afsenderen ellers kan se, at brevet er åbnet.
       *[other] { $count } billeder fra nettet er ikke hentet, fordi afsenderen ellers kan se, at brevet er åbnet.
    }
messages-images-show = Hent billederne
messages-waiting = Sendes …
messages-delayed = Ikke sendt endnu.
messages-delayed-text = Mailserveren svarer ikke. Vi prøver igen af os selv, du behøver ikke gøre noget.
messages-no-relay = Der er ikke indstillet en mailserver endnu. Det går af sig selv, når en administrator har indstillet en.
messages-failed = Kunne ikke sendes.
messages-failed-text = Det er ikke nået frem til modtageren, eller, hvis der er flere, til dem, der er nævnt her. Se efter, om adressen er rigtig, eller ring.
messages-send-again = Send igen
messages-bounced = Kom tilbage.
messages-bounced-text = Modtagerens postkasse tog ikke imod svaret. Se efter, om adressen er rigtig, eller ring.
messages-send-on = Videresend dette brev
messages-sent-on-to = Videresendt til { $address }
messages-forward-from = Videresendt af { $name }
messages-forward = Videresendt
messages-held = Sendes om
messages-undo = Fortryd
messages-automatic-answer = Automatisk svar
messages-earlier =
    { $count ->
        [one] Vis én tidligere besked
       *[other] Vis { $count } tidligere beskeder
    }
messages-only-newest = Vis kun de nyeste
