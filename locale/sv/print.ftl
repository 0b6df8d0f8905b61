print-no-subject = Utan ämne
print-notes = Med interna anteckningar
print-show = Visa
print-print = Skriv ut
print-printed = Utskrivet av { $by }, { $when }
