print-no-subject = No subject
print-notes = With internal notes
print-show = Show
print-print = Print
print-printed = Printed by { $by }, { $when }
