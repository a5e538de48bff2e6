// SQL of the names and accounts that stand for customers, and of the receipts that speak for them.

import { type RawBuilder, sql } from 'kysely';
import { type Act, actorText } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { type CustomerId, newId, type PaymentId } from '#kernel/id.ts';
import { REPLAYED_RECEIPTS_MAX, WORD_RECEIPTS_MAX } from '#kernel/limits.ts';
import type { AliasKind, Replay } from './alias.ts';
import type { AcceptedAfter, AcceptedRow } from './read-accepted.ts';

/** A sign of a payer, and of whom it is one. */
export type Sign = { readonly kind: AliasKind; readonly key: string; readonly customerId: CustomerId };

/** A sign with what the receipts say of it. */
export type Evident = Sign &
  Replay & {
    /** As the latest of them wrote it. */
    readonly written: string;
    readonly paymentId: PaymentId;
  };

const FRESH = { plan: 'fresh' } as const;

/** Figures that a word of figures alone has at least, and words of one receipt that are asked about. */
const FIGURES_MIN = 6;
const WORDS_MAX = 40;

/** The receipts whose customer is known and that did not come back, the latest so many, each with its two signs. */
const said = (tx: Tx, narrow: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  (select s.* from (
      select p.id, p.customer_id, p.payer_name, p.payer_key, p.payer_account from payment p
      where p.tenant_id = ${tx.tenantId} and p.direction = 'received' and p.returned_on is null and p.customer_id is not null
        and ${narrow}
      order by p.received_on desc, p.id desc limit ${REPLAYED_RECEIPTS_MAX}::int) p
    cross join lateral (values ('name', p.payer_key, p.payer_name, p.id, p.customer_id),
      ('account', p.payer_account, p.payer_account, p.id, p.customer_id)) as s(kind, key, written, id, customer_id)
    where s.key <> '' and length(s.written) <= 200)`;

/**
 * Words of what payers wrote that could stand for a customer: letters and figures together, or many figures; no days, no amounts,
 * and no numbers of documents, which say more.
 */
const words = (tx: Tx, keys?: readonly string[]): RawBuilder<unknown> => {
  // Only texts that hold the words asked for are taken apart.
  const holding =
    keys === undefined
      ? sql``
      : sql`where match_key(p.said) like any (${arrayLiteral(keys.map((key) => `%${key}%`))}::text[])`;
  const narrow = keys === undefined ? sql`` : sql`and match_key(w) = any (${arrayLiteral(keys)}::text[])`;
  return sql`
  (select distinct on (p.id, match_key(w)) 'word' as kind, match_key(w) as key, w as written, p.id, p.customer_id
    from (select * from (select p.id, p.customer_id, p.reference as said from payment p
        where p.tenant_id = ${tx.tenantId} and p.direction = 'received' and p.returned_on is null and p.customer_id is not null
        order by p.received_on desc, p.id desc limit ${WORD_RECEIPTS_MAX}::int) p ${holding}) p
    cross join lateral regexp_split_to_table(p.said, ${BETWEEN_WORDS}) as w
    where ${isWord} ${narrow}
      and not exists (select from open_item i where i.tenant_id = ${tx.tenantId} and i.reference_key = match_key(w)))`;
};

/** What separates words, and what a word is made of that can stand for a customer. */
const BETWEEN_WORDS = '[[:space:],;:()/]+';
const isWord = sql`w ~ '^[A-Za-z0-9][A-Za-z0-9_-]{3,39}$' and w ~ '[0-9]' and (w ~ '[A-Za-z]' or length(w) >= ${FIGURES_MIN}::int)
      and w !~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'`;

/** The words of one receipt. */
async function findWordsOf(tx: Tx, paymentId: string): Promise<readonly string[]> {
  const rows = await tx.run(
    sql<{ key: string }>`select distinct match_key(w) as key from payment p
      cross join lateral regexp_split_to_table(p.reference, ${BETWEEN_WORDS}) as w
      where p.tenant_id = ${tx.tenantId} and p.id = ${paymentId}::uuid and ${isWord} limit ${WORDS_MAX}::int`,
  );
  return rows.map((row) => row.key);
}

/** Signs that stand for a customer by now: its own name, its accounts, and what was accepted. */
const known = (tx: Tx): RawBuilder<unknown> => sql`(
  exists (select 1 from payer_alias a where a.tenant_id = ${tx.tenantId} and a.kind = e.kind and a.key = e.key
    and a.customer_id = e.customer_id and a.revoked_at is null)
  or e.kind = 'name' and exists (select 1 from customer c
    where c.tenant_id = ${tx.tenantId} and c.id = e.customer_id and c.name_key = e.key)
  or e.kind = 'account' and exists (select 1 from customer_bank_account b
    where b.tenant_id = ${tx.tenantId} and b.customer_id = e.customer_id and b.account = e.key and b.archived_at is null))`;

type EvidentRow = {
  kind: AliasKind;
  key: string;
  customer_id: CustomerId;
  written: string;
  payment_id: PaymentId;
  right_count: bigint;
  asked_count: bigint;
};

const toEvident = (row: EvidentRow): Evident => ({
  kind: row.kind,
  key: row.key,
  customerId: row.customer_id,
  written: row.written,
  paymentId: row.payment_id,
  right: Number(row.right_count),
  asked: Number(row.asked_count),
});

const evidentColumns = sql`kind, key, customer_id, count(*) as right_count,
  (sum(count(*)) over (partition by kind, key))::bigint as asked_count,
  (array_agg(written order by id desc))[1] as written, (array_agg(id order by id desc))[1] as payment_id`;

/**
 * What the latest receipts say of signs that do not stand for their customer yet, most often right first. With a payment only the
 * signs of that one.
 */
export async function findEvident(
  tx: Tx,
  of: { readonly paymentId?: string | undefined; readonly limit: number },
): Promise<readonly Evident[]> {
  const narrow =
    of.paymentId === undefined
      ? sql`true`
      : sql`exists (select 1 from payment w where w.tenant_id = ${tx.tenantId} and w.id = ${of.paymentId}::uuid
          and (p.payer_key <> '' and p.payer_key = w.payer_key or p.payer_account = w.payer_account))`;
  const ofPayment =
    of.paymentId === undefined
      ? sql``
      : sql`and exists (select 1 from payment w where w.tenant_id = ${tx.tenantId} and w.id = ${of.paymentId}::uuid
          and e.key = case e.kind when 'name' then w.payer_key else w.payer_account end and e.customer_id = w.customer_id)`;
  const rows = await tx.run(
    sql<EvidentRow>`select * from (select ${evidentColumns} from ${said(tx, narrow)} s group by kind, key, customer_id) e
      where not ${known(tx)} ${ofPayment}
      order by right_count desc, key, customer_id limit ${of.limit}::int`,
    FRESH,
  );
  const asked = of.paymentId === undefined ? undefined : await findWordsOf(tx, of.paymentId);
  const ofPayer =
    of.paymentId === undefined
      ? sql``
      : sql`and e.customer_id = (select w.customer_id from payment w where w.tenant_id = ${tx.tenantId} and w.id = ${of.paymentId}::uuid)`;
  if (asked?.length === 0) return rows.map(toEvident);
  const byWord = await tx.run(
    sql<EvidentRow>`select * from (select ${evidentColumns} from ${words(tx, asked)} s group by kind, key, customer_id) e
      where e.right_count > 1 and not ${known(tx)} ${ofPayer}
      order by right_count desc, key, customer_id limit ${of.limit}::int`,
    FRESH,
  );
  return [...rows, ...byWord].map(toEvident);
}

/** What receipts say of one sign of one customer; nothing where no receipt of the customer has it. */
export async function findReplay(tx: Tx, sign: Sign): Promise<Evident | undefined> {
  const narrow = sign.kind === 'name' ? sql`p.payer_key = ${sign.key}` : sql`p.payer_account = ${sign.key}`;
  const signs = sign.kind === 'word' ? words(tx, [sign.key]) : said(tx, narrow);
  const rows = await tx.run(
    sql<EvidentRow>`select * from (select ${evidentColumns} from ${signs} s group by kind, key, customer_id) e
      where e.kind = ${sign.kind} and e.key = ${sign.key} and e.customer_id = ${sign.customerId}`,
    FRESH,
  );
  return rows[0] && toEvident(rows[0]);
}

/** What people accepted, as it is kept. */
export type AliasRow = AcceptedRow & {
  readonly kind: AliasKind;
  readonly written: string;
  readonly key: string;
  readonly right_count: number;
  readonly asked_count: number;
  readonly payment_id: PaymentId | null;
};

const columns = sql`id, kind, written, key, customer_id, right_count, asked_count, payment_id, until_on, accepted_by, accepted_at,
  revoked_by, revoked_at`;

/** All that was accepted, the latest first, what was revoked too. */
export async function findAliases(
  tx: Tx,
  page: {
    readonly after: AcceptedAfter | undefined;
    readonly limit: number;
  },
): Promise<readonly AliasRow[]> {
  const after =
    page.after === undefined
      ? sql``
      : sql`and (accepted_at, id) < (${page.after[0]}, ${page.after[1]}::uuid)`;
  return tx.run(sql<AliasRow>`select ${columns} from payer_alias where tenant_id = ${tx.tenantId} ${after}
    order by accepted_at desc, id desc limit ${page.limit}::int`);
}

/** One that was accepted, held until the commit. */
export async function lockAlias(act: Act, id: string): Promise<AliasRow | undefined> {
  return act.find(
    sql<AliasRow>`select ${columns} from payer_alias where tenant_id = ${act.tenantId} and id = ${id}::uuid for update`,
  );
}

/** What stands for customers by these names and accounts, on whichever day. */
export async function findAliasesByKeys(
  tx: Tx,
  asked: {
    readonly names: readonly string[];
    readonly accounts: readonly string[];
    readonly words: readonly string[];
  },
): Promise<readonly Pick<AliasRow, 'id' | 'kind' | 'key' | 'written' | 'customer_id' | 'until_on'>[]> {
  if (asked.names.length + asked.accounts.length + asked.words.length === 0) return [];
  return tx.run(
    sql<AliasRow>`select a.id, a.kind, a.key, a.written, a.customer_id, a.until_on
      from (select 'name' as kind, unnest(${arrayLiteral(asked.names)}::text[]) as key
        union all select 'account', unnest(${arrayLiteral(asked.accounts)}::text[])
        union all select 'word', unnest(${arrayLiteral(asked.words)}::text[])) k
      join payer_alias a on a.tenant_id = ${tx.tenantId} and a.kind = k.kind and a.key = k.key and a.revoked_at is null
      join customer c on c.tenant_id = a.tenant_id and c.id = a.customer_id and c.archived_at is null`,
    FRESH,
  );
}

/** Keeps that a person accepted a sign; gives its id. */
export function insertAlias(act: Act, sign: Evident, untilOn: PlainDate | null): string {
  const id = newId<'payer_alias'>();
  act.insert('payer_alias', [
    {
      id,
      kind: sign.kind,
      written: sign.written,
      key: sign.key,
      customer_id: sign.customerId,
      right_count: sign.right,
      asked_count: sign.asked,
      payment_id: sign.paymentId,
      until_on: untilOn,
      accepted_by: actorText(act.actor),
      accepted_at: act.now,
    },
  ]);
  return id;
}

/** Ends a sign that was accepted. */
export function updateRevoked(act: Act, id: string): void {
  act.write(
    sql`update payer_alias set revoked_by = ${actorText(act.actor)}, revoked_at = ${act.now}
      where tenant_id = ${act.tenantId} and id = ${id}::uuid and revoked_at is null`,
    { rows: 1, rule: 'a sign is revoked once' },
  );
}
