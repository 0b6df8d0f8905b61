print-no-subject = Utan emne
print-notes = Med interne notat
print-show = Vis
print-print = Skriv ut
print-printed = Skrive ut av { $by }, { $when }
