bulk-title = Fleire henvendingar
bulk-back = Tilbake til lista
bulk-running = { $done } av { $total } er ferdige, { $refused } blei det ikkje noko av. Du kan gå vidare imens.
bulk-finished = { $done } av { $total } er ferdige, { $refused } blei det ikkje noko av.
bulk-stopped = Stoppa: { $done } av { $total } er ferdige, { $refused } blei det ikkje noko av.
bulk-stop = Stopp
bulk-undo = Angre alt
bulk-undone = Angra
bulk-not-done =
    { $count ->
        [one] Éi blei det ikkje noko av
       *[other] { $count } blei det ikkje noko av
    }
bulk-nothing = Det var ingen
bulk-would-open = Ho er skjerma. Flytt henne for seg.
bulk-gone = Ho ligg ein annan stad no.
bulk-other = Det lét seg ikkje gjere. Prøv med denne henvendinga åleine.
bulk-ask =
    { $count ->
        [one] Kva skal skje med den eine?
       *[other] Kva skal skje med dei { $count }?
    }
bulk-ask-all = Kva skal skje med heile mappa?
bulk-missing = Noko manglar. Vel kven, kvar eller når.
bulk-untag = Ta av
bulk-choose = Vel fleire
bulk-choose-this = Vel { $number }
bulk-all-uncounted = Alle i mappa, høgst dei nyaste { $most }
bulk-all-count = Alle { $count } i mappa
bulk-chosen = {"{n}"} valde
bulk-mark-read = Merk som lesen
bulk-merge = Slå dei saman
bulk-merge-into = Alt held fram i den eldste, { $number } { $subject }, og dei andre blir lukka. Det kan angrast.
bulk-merge-anyway = Ja, dei skriv om det same, òg dei frå andre personar
bulk-merge-send = Slå saman
bulk-two-persons = Han er frå ein annan person. Slå han saman for seg om det er den same saka.
