-- Whose money a payment is can be taken back: it stands with nobody again, until somebody knows.
create or replace function payment_content_kept() returns trigger language plpgsql as $$
declare free text[] := array['returned_on', 'customer_id', 'number_key', 'payer_key', 'reference_key'];
begin
  if to_jsonb(new) - free is distinct from to_jsonb(old) - free or (old.returned_on is not null) then
    raise exception 'a recorded payment is never changed; return it or move it' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
