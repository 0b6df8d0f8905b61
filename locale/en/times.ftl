times-now = now
times-minutes = { $minutes } min
times-hours = { $hours } h
times-today = today
times-yesterday = yesterday
times-tomorrow = tomorrow
times-days = { $days } d
