opening-title = { $town } is opening
opening-text = A year of letters is being written, answered and filed, once. Then the town hall is here, by itself.
opening-progress = How much of the year is done
opening-done = { $percent } % of the year
