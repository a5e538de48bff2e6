-- What a certificate says, and who gave it, does not change: what was signed with it is told by it. Until it is taken away it may sign
-- more or fewer files; with that its key is let go.
create function signing_certificate_kept() returns trigger language plpgsql as $$
declare free text[] := '{signs_invoices,removed_by,removed_at,sealed_key}';
begin
  if to_jsonb(new) - free is distinct from to_jsonb(old) - free or old.removed_at is not null
    or (new.sealed_key is distinct from old.sealed_key and (new.removed_at is null or length(new.sealed_key) > 0)) then
    raise exception 'a certificate that is kept does not change' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger signing_certificate_kept before update on signing_certificate for each row execute function signing_certificate_kept();

-- When somebody last worked at a batch that is being made, or asked for it: a person sees that nobody does any more, and has it begun again.
alter table post_batch add column worked_at timestamptz;
update post_batch set worked_at = made_at;
alter table post_batch alter column worked_at set not null;
