due-at = frist { $when }
due-legal-at = lovfrist { $when }
due-over = { $time } over
due-whole = { $aim }: { $when }
due-first-answer = Første svar
due-done = Avslutta
due-legal = Lovfrist
