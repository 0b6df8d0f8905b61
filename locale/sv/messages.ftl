messages-thread = Konversation
messages-from = Brev från { $name }
messages-answer-from = Svar från { $name }
messages-note-from = Intern anteckning från { $name }
messages-mail = E-post
messages-answer = Svar
messages-note = Intern anteckning
messages-vacation = Frånvaromeddelande
messages-bounce = Kunde inte levereras
messages-list = Nyhetsbrev
messages-automatic = Automatiskt
messages-new = Ny
messages-no-text = Brevet har ingen text.
messages-quoted =
    { $lines ->
        [one] Citerad text, en rad
       *[other] Citerad text, { $lines } rader
    }
messages-formatted = Visa som avsändaren formaterade det
messages-raw = Visa brevet i råform
messages-images-blocked =
    { $count ->
        [one] En bild från nätet har inte hämtats, eftersom avsändaren annars kan se att brevet är öppnat.
       *[other] { $count } bilder från nätet har inte hämtats, eftersom avsändaren annars kan se att brevet är öppnat.
    }
messages-images-show = Hämta bilderna
messages-waiting = Skickas …
messages-delayed = Inte skickat än.
messages-delayed-text = E-postservern svarar inte. Vi försöker igen av oss själva, du behöver inte göra något.
messages-no-relay = Ingen e-postserver är inställd än. Det går iväg av sig självt när en administratör har ställt in en.
messages-failed = Kunde inte skickas.
messages-failed-text = Det har inte nått mottagaren eller, om de är flera, dem som nämns här. Kontrollera adressen, eller ring.
messages-send-again = Skicka igen
messages-bounced = Kom tillbaka.
messages-bounced-text = Mottagarens brevlåda tog inte emot svaret. Kontrollera adressen, eller ring.
messages-send-on = Vidarebefordra det här brevet
messages-sent-on-to = Vidarebefordrat till { $address }
messages-forward-from = Vidarebefordrat av { $name }
messages-forward = Vidarebefordrat
messages-held = Skickas om
messages-undo = Ångra
messages-automatic-answer = Automatiskt svar
messages-earlier =
    { $count ->
        [one] Visa ett tidigare meddelande
       *[other] Visa { $count } tidigare meddelanden
    }
messages-only-newest = Visa bara de senaste
