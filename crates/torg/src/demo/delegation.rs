//! What Fjordby's departments say of themselves, and its rules for new letters.

use anyhow::{Context, anyhow};
use torg_core::delegation::Rule;
use torg_core::{DepartmentId, Role, Viewer};
use torg_desk::Desk;
use torg_store::delegation::Told;

/// A department, what it does, and a letter it gets.
const TOLD: [(&str, &str, &str); 9] = [
    (
        "Vei og park",
        "Kommunale veier, gatelys, fortau, brøyting og strøing, skilt, parkering, parker og lekeplasser",
        "Det er et stort hull i asfalten utenfor hos oss.\n\nGatelyset ved skolen har vært mørkt i en uke.",
    ),
    (
        "Vann og renovasjon",
        "Drikkevann, avløp, vannmålere, vannlekkasjer, søppeltømming, sortering og gjenvinningsstasjon",
        "Når tømmes papirdunken i vår gate?\n\nVannet fra springen er brunt.",
    ),
    (
        "Byggesak og plan",
        "Byggesøknader, nabovarsel, ferdigattest, reguleringsplaner, kart og situasjonskart",
        "Må jeg søke om å bygge terrasse?",
    ),
    (
        "Barnehage",
        "Barnehageplass, venteliste, opptak, foreldrebetaling og bytte av barnehage",
        "Vi ønsker plass fra august.",
    ),
    (
        "Skole og SFO",
        "Grunnskole, innskriving, skoleskyss, fravær, SFO og skolerute",
        "Hvordan melder jeg barnet på SFO?",
    ),
    (
        "Skatt og faktura",
        "Fakturaer, betaling, purring, eiendomsskatt og kommunale avgifter",
        "Jeg har fått samme faktura to ganger.",
    ),
    (
        "Kultur, bibliotek og idrett",
        "Bibliotek, kulturskole, utlån av haller og lokaler, idrett og tilskudd til lag",
        "Kan vi leie gymsalen på torsdager?",
    ),
    (
        "Helse og omsorg",
        "Fastlege, legevakt, hjemmetjeneste, sykehjem, vaksiner og hjelpemidler",
        "Min mor trenger hjelp hjemme.",
    ),
    (
        "Næring og miljø",
        "Næringsliv, skjenkebevilling, torgplass, forurensning, støy, jakt og skadedyr",
        "Kan jeg selge jordbær på torget?",
    ),
];

/// Tells the judge what an administrator would tell it, and sets two rules.
pub(super) async fn set(desk: &Desk, staff: &[Viewer]) -> anyhow::Result<()> {
    let administrator = staff.iter().find(|one| one.role == Role::Administrator);
    let viewer = administrator.context("a municipality without an administrator")?;
    let all = desk.all_departments().await?;
    let known = |name: &str| all.iter().find(|one| one.0.name == name).map(|one| one.0.id);
    for (name, description, examples) in TOLD {
        let Some(id) = known(name) else { continue };
        let (description, examples) = (description.to_owned(), examples.to_owned());
        let told = Told { description, examples, ..Told::default() };
        desk.describe_department(viewer, id, told).await?;
    }
    for rule in [leak(known("Vann og renovasjon")), neighbours(known("Byggesak og plan"))] {
        let kept = desk.save_rule(viewer, None, rule).await;
        kept.map_err(|why| anyhow!("a rule of the demo: {why}"))?;
    }
    Ok(())
}

/// Water that runs out is nobody's to sort first.
fn leak(department: Option<DepartmentId>) -> Rule {
    let words = ["vannlekkasje", "lekkasje", "oversvømmelse"].map(str::to_owned).to_vec();
    Rule { words, department, urgent: true, ..Rule::default() }
}

fn neighbours(department: Option<DepartmentId>) -> Rule {
    let words = ["nabovarsel", "byggetillatelse"].map(str::to_owned).to_vec();
    Rule { words, department, ..Rule::default() }
}
