times-now = nu
times-minutes = { $minutes } min
times-hours = { $hours } tim
times-today = i dag
times-yesterday = i går
times-tomorrow = i morgon
times-days = { $days } d
