times-now = nu
times-minutes = { $minutes } min.
times-hours = { $hours } t.
times-today = i dag
times-yesterday = i går
times-tomorrow = i morgen
times-days = { $days } d.
