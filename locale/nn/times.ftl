times-now = no
times-minutes = { $minutes } min
times-hours = { $hours } t
times-today = i dag
times-yesterday = i går
times-tomorrow = i morgon
times-days = { $days } d
