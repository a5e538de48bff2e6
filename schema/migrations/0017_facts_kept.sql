-- Facts of money and the memory of what was carried out are emptied no more than they are changed: a command forgotten
-- would be carried out again.
do $$ declare t text; begin
  foreach t in array array['invoice_line','invoice_tax','bank_statement','statement_line','payment','payment_return','write_off',
    'write_off_undo','command_log'] loop
    execute format('create trigger %I before truncate on %I for each statement execute function refuse_change()',
      t || '_not_truncated', t);
  end loop;
end $$;
create trigger command_log_kept before update or delete on command_log for each statement execute function refuse_change();
