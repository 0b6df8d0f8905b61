due-at = due { $when }
due-legal-at = legal deadline { $when }
due-over = { $time } over
due-whole = { $aim }: { $when }
due-first-answer = First answer
due-done = Done
due-legal = Legal deadline
