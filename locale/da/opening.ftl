opening-title = { $town } åbner
opening-text = Et år med breve skrives, besvares og lægges på plads, én gang. Så er rådhuset her, helt af sig selv.
opening-progress = Hvor meget af året der er færdigt
opening-done = { $percent } % af året
