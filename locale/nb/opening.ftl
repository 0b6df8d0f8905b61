opening-title = { $town } åpner
opening-text = Et år med brev skrives, besvares og legges på plass, én gang. Så er rådhuset her, av seg selv.
opening-progress = Hvor mye av året som er ferdig
opening-done = { $percent } % av året
