// The auditor of what stands around cash application: what the accounting system was handed, payouts of gateways, credit that was
// granted back, teams, and who was paid for by whom. It reads facts only.

import { sql } from 'kysely';
import type { Check } from './audit-cash.ts';

type Row = Readonly<Record<string, unknown>>;

/** What must hold of it. */
export const DESK_CHECKS: readonly Check[] = [
  {
    says: 'a receipt is handed out again, or posted under another number, only after it was refused',
    query: (tx) => sql<Row>`
      select s.payment_id::text, s.part, s.state, s.before, s.reference, s.known from (
        select payment_id, part, state, reference, lag(state) over w as before, lag(reference) over w as known from posting_step
        where tenant_id = ${tx.tenantId} window w as (partition by payment_id, part, handover_id order by recorded_at, id)
      ) s where (s.state = 'sent' and s.before is distinct from null and s.before <> 'refused')
        or (s.state = 'posted' and s.before = 'posted' and s.reference <> s.known)`,
  },
  {
    says: 'a return is handed out only of what came back, and no more than once each',
    query: (tx) => sql<Row>`
      select s.payment_id::text from posting_step s join payment p on p.tenant_id = s.tenant_id and p.id = s.payment_id
      where s.tenant_id = ${tx.tenantId} and s.part = 'return' and p.returned_on is null`,
  },
  {
    says: 'each payout of a gateway comes to nothing: what came in, less fees and what was taken back, is what was sent on',
    query: (tx) => sql<Row>`
      select l.statement_id::text, sum(l.amount_minor) as rest from statement_line l
      join bank_account b on b.tenant_id = l.tenant_id and b.id = l.bank_account_id
      where l.tenant_id = ${tx.tenantId} and b.account = 'PAYWELL1' group by 1 having sum(l.amount_minor) <> 0`,
  },
  {
    says: 'what a gateway takes back is never a receipt',
    query: (tx) => sql<Row>`
      select l.id::text, l.bank_reference, l.amount_minor from statement_line l
      join bank_account b on b.tenant_id = l.tenant_id and b.id = l.bank_account_id
      where l.tenant_id = ${tx.tenantId} and b.account = 'PAYWELL1' and l.bank_reference like 're-%' and l.amount_minor > 0`,
  },
  {
    says: 'credit that was granted back is there, but for what a bank took back',
    query: (tx) => sql<Row>`
      select g.customer_id::text, g.currency, g.minor, c.minor as credit from (
        select f.company_id, f.customer_id, f.currency, sum(f.amount_minor) as minor from refund f
        where f.tenant_id = ${tx.tenantId} and not exists (select from refund_end e where e.tenant_id = f.tenant_id and e.refund_id = f.id)
        group by 1, 2, 3) g
      cross join lateral (select coalesce(-sum(i.open_minor), 0) as minor from open_item i where i.tenant_id = ${tx.tenantId}
        and i.company_id = g.company_id and i.customer_id = g.customer_id and i.currency = g.currency and i.open_minor < 0) c
      where c.minor < g.minor
        and not exists (select from payment p where p.tenant_id = ${tx.tenantId} and p.customer_id = g.customer_id and p.returned_on is not null)`,
  },
  {
    says: 'a receipt is a member’s or a team’s, and a team is led by one of its members',
    query: (tx) => sql<Row>`
      select r.id::text from receipt_owner r where r.tenant_id = ${tx.tenantId} and r.user_id is not null and r.team_id is not null
      union all
      select v.team_id::text from receipt_team_version v
      where v.tenant_id = ${tx.tenantId} and not (v.lead_id = any(v.member_ids))
      union all
      select a.team_id::text from (select distinct on (team_id) * from receipt_team_version where tenant_id = ${tx.tenantId}
        order by team_id, version desc) a
      join (select distinct on (team_id) * from receipt_team_version where tenant_id = ${tx.tenantId} order by team_id, version desc) b
        on lower(b.name) = lower(a.name) and b.team_id <> a.team_id where not a.is_ended and not b.is_ended`,
  },
  {
    says: 'a machine pays documents of several customers only where they are one group',
    query: (tx) => sql<Row>`
      select m.payment_id::text, m.rule from match_certificate m
      join open_item c on c.tenant_id = m.tenant_id and c.document_id = m.payment_id
      join application a on a.tenant_id = m.tenant_id and a.credit_item_id = c.id and a.recorded_at = m.recorded_at
        and a.reverses_id is null and a.method in ('reference', 'amount')
      join open_item d on d.tenant_id = a.tenant_id and d.id = a.debit_item_id
      join customer u on u.tenant_id = d.tenant_id and u.id = d.customer_id
      where m.tenant_id = ${tx.tenantId} group by m.payment_id, m.rule
      having count(distinct coalesce(u.parent_id, u.id)) > 1`,
  },
];
