-- Mails that are words alone are kept packed (DEFLATE, RFC 1951), at a quarter of their size; those with files are not, since files are
-- compressed already. The hash is that of the bytes as they were handed over.
alter table message_attempt add column is_packed boolean not null default false;
select draw_known_views();
