-- How the printed documents of a company look, where it has chosen: paper, window of the envelope, colour, font, and its logo.

create table company_look (
  tenant_id uuid not null references tenant,
  company_id uuid not null,
  paper text not null check (paper in ('a4', 'us_letter')),
  address_window text not null check (address_window in ('din_b', 'din_a', 'us', 'ch_right')),
  accent text not null check (accent ~ '^#[0-9a-f]{6}$'),
  font text not null check (font in ('noto_sans', 'noto_serif')),
  marks boolean not null,
  -- PNG, JPEG or SVG, as it was uploaded.
  logo bytea,
  primary key (tenant_id, company_id),
  foreign key (tenant_id, company_id) references company (tenant_id, id)
);
alter table company_look enable row level security;
alter table company_look force row level security;
create policy wall on company_look using (tenant_id = (select current_tenant()));
create trigger company_look_not_truncated before truncate on company_look for each statement execute function refuse_change();
