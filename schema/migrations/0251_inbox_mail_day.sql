-- The day a mail came in is that of its moment; kept beside it, it was read by nothing.
alter table inbox_mail drop column received_on;
