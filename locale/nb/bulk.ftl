bulk-title = Flere henvendelser
bulk-back = Tilbake til listen
bulk-running = { $done } av { $total } er ferdige, { $refused } ble ikke noe av. Du kan gå videre imens.
bulk-finished = { $done } av { $total } er ferdige, { $refused } ble ikke noe av.
bulk-stopped = Stoppet: { $done } av { $total } er ferdige, { $refused } ble ikke noe av.
bulk-stop = Stopp
bulk-undo = Angre alt
bulk-undone = Angret
bulk-not-done =
    { $count ->
        [one] Én ble ikke noe av
       *[other] { $count } ble ikke noe av
    }
bulk-nothing = Det var ingen
bulk-would-open = Den er skjermet. Flytt den for seg.
bulk-gone = Den ligger et annet sted nå.
bulk-other = Det lot seg ikke gjøre. Prøv med den alene.
bulk-ask =
    { $count ->
        [one] Hva skal skje med den ene?
       *[other] Hva skal skje med de { $count }?
    }
bulk-ask-all = Hva skal skje med hele mappen?
bulk-missing = Noe mangler. Velg hvem, hvor eller når.
bulk-untag = Ta av
bulk-choose = Velg flere
bulk-choose-this = Velg { $number }
bulk-all-uncounted = Alle i mappen, høyst de nyeste { $most }
bulk-all-count = Alle { $count } i mappen
bulk-chosen = {"{n}"} valgt
bulk-mark-read = Merk som lest
bulk-merge = Slå dem sammen
bulk-merge-into = Alt fortsetter i den eldste, { $number } { $subject }, og de andre lukkes. Det kan angres.
bulk-merge-anyway = Ja, de skriver om det samme, også de fra andre personer
bulk-merge-send = Slå sammen
bulk-two-persons = Den er fra en annen person. Slå den sammen for seg hvis det er den samme saken.
