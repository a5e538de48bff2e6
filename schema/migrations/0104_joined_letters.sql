-- A batch of letters is one file to print, or an archive of single ones; what is in it, letter by letter, with its pages and sheets.
alter table post_batch add column form text not null default 'zip' check (form in ('pdf', 'zip'));
alter table post_batch add column pages integer check (pages >= 1);
alter table post_batch add column sheets integer check (sheets >= 1);
alter table post_batch add column contents jsonb not null default '[]';
alter table post_batch add check ((form = 'pdf') = (pages is not null and sheets is not null));
