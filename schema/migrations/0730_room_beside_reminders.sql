-- What a reminder says is noted with its rows when it leaves. With a fifth of each page kept free a fourth of these changes found no room
-- beside the row and was told to all five indexes; with two fifths nearly none is, and there is hardly more to store, since
-- the pages do not grow by what was told.
alter table reminder_item set (fillfactor = 60);
