-- A batch of letters is one archive: the letters in the order they are posted, and a list of them.
alter table post_batch drop column window_format;
alter table post_batch drop column duplex;
alter table post_batch drop column pages;
alter table post_batch rename column pdf to file;
