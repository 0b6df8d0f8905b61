print-no-subject = Uten emne
print-notes = Med interne notater
print-show = Vis
print-print = Skriv ut
print-printed = Skrevet ut av { $by }, { $when }
