opening-title = { $town } öppnar
opening-text = Ett år med brev skrivs, besvaras och läggs på plats, en gång. Sedan är stadshuset här, av sig självt.
opening-progress = Hur mycket av året som är klart
opening-done = { $percent } % av året
