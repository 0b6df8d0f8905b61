bulk-title = Flere henvendelser
bulk-back = Tilbage til listen
bulk-running = { $done } af { $total } er klaret, { $refused } blev ikke til noget. Du kan gå videre imens.
bulk-finished = { $done } af { $total } er klaret, { $refused } blev ikke til noget.
bulk-stopped = Stoppet: { $done } af { $total } er klaret, { $refused } blev ikke til noget.
bulk-stop = Stop
bulk-undo = Fortryd det hele
bulk-undone = Fortrudt
bulk-not-done =
    { $count ->
        [one] Én blev ikke til noget
       *[other] { $count } blev ikke til noget
    }
bulk-nothing = Der var ingen
bulk-would-open = Den er beskyttet. Flyt den for sig.
bulk-gone = Den ligger et andet sted nu.
bulk-other = Det kunne ikke lade sig gøre. Prøv med den alene.
bulk-ask =
    { $count ->
        [one] Hvad skal der ske med den ene?
       *[other] Hvad skal der ske med de { $count }?
    }
bulk-ask-all = Hvad skal der ske med hele mappen?
bulk-missing = Der mangler noget. Vælg hvem, hvor eller hvornår.
bulk-untag = Tag af
bulk-choose = Vælg flere
bulk-choose-this = Vælg { $number }
bulk-all-uncounted = Alle i mappen, højst de nyeste { $most }
bulk-all-count = Alle { $count } i mappen
bulk-chosen = {"{n}"} valgt
bulk-mark-read = Markér som læst
bulk-merge = Læg dem sammen
bulk-merge-into = Alt fortsætter i den ældste, { $number } { $subject }, og de andre lukkes. Det kan fortrydes.
bulk-merge-anyway = Ja, de skriver om det samme, også dem fra andre personer
bulk-merge-send = Læg sammen
bulk-two-persons = Den er fra en anden person. Læg den sammen for sig, hvis det er den samme sag.
