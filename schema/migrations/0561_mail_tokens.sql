-- How a mailbox is signed in to: by a password, or by a token (OAuth 2.0) that another is given for again and again. Either is in
-- `sealed_password`.
alter table mail_account add column sign_in text not null default 'password' check (sign_in in ('password', 'oauth2'));
