due-at = senast { $when }
due-legal-at = lagfrist { $when }
due-over = { $time } över
due-whole = { $aim }: { $when }
due-first-answer = Första svar
due-done = Avslutad
due-legal = Lagens frist
