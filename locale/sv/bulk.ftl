bulk-title = Flera förfrågningar
bulk-back = Tillbaka till listan
bulk-running = { $done } av { $total } är klara, { $refused } blev inte av. Du kan gå vidare under tiden.
bulk-finished = { $done } av { $total } är klara, { $refused } blev inte av.
bulk-stopped = Stoppat: { $done } av { $total } är klara, { $refused } blev inte av.
bulk-stop = Stoppa
bulk-undo = Ångra allt
bulk-undone = Ångrat
bulk-not-done =
    { $count ->
        [one] En blev inte av
       *[other] { $count } blev inte av
    }
bulk-nothing = Det fanns inga
bulk-would-open = Den är skyddad. Flytta den för sig.
bulk-gone = Den ligger någon annanstans nu.
bulk-other = Det gick inte. Försök med den för sig.
bulk-ask =
    { $count ->
        [one] Vad ska hända med den?
       *[other] Vad ska hända med de { $count }?
    }
bulk-ask-all = Vad ska hända med hela mappen?
bulk-missing = Något saknas. Välj vem, vart eller när.
bulk-untag = Ta bort
bulk-choose = Välj flera
bulk-choose-this = Välj { $number }
bulk-all-uncounted = Alla i mappen, högst de nyaste { $most }
bulk-all-count = Alla { $count } i mappen
bulk-chosen = {"{n}"} valda
bulk-mark-read = Markera som läst
bulk-merge = Slå ihop dem
bulk-merge-into = Allt fortsätter i den äldsta, { $number } { $subject }, och de andra avslutas. Det kan ångras.
bulk-merge-anyway = Ja, de skriver om samma sak, även de från andra personer
bulk-merge-send = Slå ihop
bulk-two-persons = Den är från en annan person. Slå ihop den för sig om det är samma sak.
