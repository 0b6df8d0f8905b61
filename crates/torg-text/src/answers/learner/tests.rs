use super::*;

fn lessons(all: &[(Key, usize)]) -> Lessons {
    let mut lessons = Lessons::of(100);
    for &(key, class) in all {
        let lesson = Lesson { owner: Some(class), ..Lesson::default() };
        lessons.add(vec![(key, 0.8), (9, 0.6)], &[0, 1, 2], lesson);
    }
    lessons
}

fn taught(classes: usize) -> Learner {
    let mut learner = Learner::new(classes);
    learner.study(&lessons(&[(1, 0), (2, 1), (3, 2)]), Teaches::Answers, 6);
    learner
}

#[test]
fn what_was_shown_is_known_and_the_rest_is_not() {
    let learner = taught(3);
    assert!(learner.shares(&[(2, 1.0)])[1] > 0.6);
    let unknown = learner.shares(&[(77, 1.0)]);
    assert!(unknown.iter().all(|share| (share - 1.0 / 3.0).abs() < 1e-6), "{unknown:?}");
}

#[test]
fn among_a_thousand_classes_those_near_are_told_apart() {
    let learner = taught(1_000);
    let scores = learner.scores(&[(2, 1.0)], &[0, 1, 2]);
    assert!(scores[1] > scores[0] && scores[1] > scores[2] && scores[1] > scores[700]);
    assert!(learner.weights.len() <= SLOTS * WIDEST);
}

#[test]
fn one_later_lesson_moves_the_verdict_its_way() {
    let mut learner = taught(3);
    let before = learner.shares(&[(1, 1.0)]);
    learner.learn(&[(1, 1.0)], 1, &[]);
    assert!(learner.shares(&[(1, 1.0)])[1] > before[1]);
    let before = learner.shares(&[(1, 1.0)]);
    learner.unlearn(&[(1, 1.0)], 0, &[]);
    let after = learner.shares(&[(1, 1.0)]);
    assert!(after[0] < before[0] && after[1] > before[1] && after[2] > before[2], "{after:?}");
}

#[test]
fn the_same_lessons_teach_the_same() {
    assert_eq!(taught(3).weights, taught(3).weights);
}

#[test]
fn a_class_more_begins_with_nothing_and_takes_nothing_away() {
    let mut learner = taught(3);
    let before = learner.scores(&[(2, 1.0)], &[]);
    learner.widen();
    assert_eq!(learner.scores(&[(2, 1.0)], &[]), [before.as_slice(), &[0.0]].concat());
}
