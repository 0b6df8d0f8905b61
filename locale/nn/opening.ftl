opening-title = { $town } opnar
opening-text = Eit år med brev blir skrive, svart på og lagt på plass, éin gong. Så er rådhuset her, av seg sjølv.
opening-progress = Kor mykje av året som er ferdig
opening-done = { $percent } % av året
