-- What suggestions learn from, and what was worked out about letters and answers.

-- What was suggested when an answer was put in: ids, parted by commas.
alter table answer_uses add column suggested text not null default '';

-- What a colleague chose for a letter. Without an answer she said that none fits.
create table answer_lessons (
  id {id},
  letter bigint not null references messages (id) on delete cascade,
  answer bigint references answers (id),
  passed text not null,
  sent bigint references messages (id) on delete cascade,
  staff bigint not null references staff (id),
  at bigint not null
);
create index answer_lessons_of_letter on answer_lessons (letter, staff);
create index answer_lessons_of_sent on answer_lessons (sent) where sent is not null;

-- What a letter asks, as the sentence model sees it; it goes with the letter.
create table letter_vectors (
  message bigint primary key references messages (id) on delete cascade,
  vector {bytes} not null
);

-- The same of answers' texts, by the hash of the text.
create table answer_vectors (
  key bigint primary key,
  vector {bytes} not null
);
