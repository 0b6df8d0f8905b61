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
