-- The files of standard answers. Which of them an answer has now stands in its document; its older
-- versions may have others, so that each is kept as long as the answer is.

create table answer_files (
  answer bigint not null references answers (id),
  hash {bytes} not null,
  primary key (answer, hash)
);
