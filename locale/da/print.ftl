print-no-subject = Uden emne
print-notes = Med interne noter
print-show = Vis
print-print = Udskriv
print-printed = Udskrevet af { $by }, { $when }
