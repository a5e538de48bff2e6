-- Whose money it was that came back: a payer's, which takes a receipt back, or ours, which takes none. Lines of a bank by which money left
-- are payers'. What a file of the clearing house told before this was kept does not say: it waits for a person, and books nothing
-- by itself. The wall and the trigger that keeps facts stand aside for the owner of the table while this file runs.
alter table return_notice add column whose text check (whose in ('payer', 'ours'));
alter table return_notice no force row level security;
alter table return_notice disable trigger return_notice_kept;
update return_notice set whose = case when origin = 'bank_line' then 'payer' else 'ours' end
  where origin = 'bank_line' or said like 'Our own credit came back%';
alter table return_notice enable trigger return_notice_kept;
alter table return_notice force row level security;
alter table return_notice add constraint return_notice_whose check (origin = 'ach' or whose = 'payer');
