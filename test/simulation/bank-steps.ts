// Steps of a walk at the bank: statements come in, lines are explained and taken back, days are signed off and opened again.

import { sql } from 'kysely';
import { inTenant } from '#db/transaction.ts';
import { addDays, isAfter, type PlainDate } from '#kernel/calendar.ts';
import { newId } from '#kernel/id.ts';
import { money, toDecimal } from '#kernel/money.ts';
import { importBankFile } from '#payments/import-bank-file.ts';
import { explainLine, undoExplanation } from '#reconciliation/explain-line.ts';
import { reopenDay, signDay } from '#reconciliation/sign-day.ts';
import { aCamt053, type CamtEntry } from '../support/bank-files.ts';
import { act, type Step, type World } from './world.ts';

/** The account at the bank as its bank keeps it. Statements are written one after the other, as banks do. */
export type BankOfWorld = {
  readonly accountId: string;
  readonly number: string;
  balanceMinor: bigint;
  day: PlainDate;
  last: Promise<unknown>;
};

/** An amount of euros as banks write it. */
export const euros = (minor: bigint): string => toDecimal(money(minor, 'EUR'));

/** A statement of the day the walk has come to, or of the last one that was stated. */
export const bankStatement: Step = async (world, chance) => {
  const amounts = Array.from(
    { length: chance.whole(0, 5) },
    () => BigInt(chance.whole(-90_000, 200_000)) || 1n,
  );
  await bookStatement(
    world,
    amounts.map((minor) => ({ minor, text: 'simulated' })),
    chance.happens(0.5),
  );
};

/** One sum as the bank books it. */
export type Booked = Omit<CamtEntry, 'amount'> & { readonly minor: bigint };

/** A statement with these sums. Statements that several walkers want follow each other. */
export async function bookStatement(world: World, sums: readonly Booked[], apply: boolean): Promise<void> {
  const { bank, tenant } = world;
  const write = async (): Promise<void> => {
    const day = isAfter(world.day, bank.day) ? world.day : bank.day;
    const closing = bank.balanceMinor + sums.reduce((all, { minor }) => all + minor, 0n);
    const bytes = aCamt053([
      {
        id: newId(),
        iban: bank.number,
        day: day.toString(),
        opening: euros(bank.balanceMinor),
        closing: euros(closing),
        entries: sums.map(({ minor, ...said }) => ({
          bankReference: newId(),
          bookedOn: day.toString(),
          valueOn: day.toString(),
          ...said,
          amount: euros(minor),
        })),
      },
    ]);
    tenant.on(world.day.toString());
    const at = { door: tenant.door, context: tenant.as('owner') };
    await importBankFile(at, { name: 'simulated.xml', bytes }, { apply });
    bank.balanceMinor = closing;
    bank.day = day;
  };
  const mine = bank.last.then(write);
  bank.last = mine.catch(() => {});
  await mine;
}

type Line = { readonly id: string; readonly amount_minor: bigint };

function someLines(world: Parameters<Step>[0], which: 'any' | 'explained'): Promise<readonly Line[]> {
  const explained =
    which === 'any'
      ? sql``
      : sql`where exists (select from line_explanation x
    where x.tenant_id = l.tenant_id and x.statement_line_id = l.id and x.undone_at is null)`;
  return inTenant(world.tenant.pool, world.tenant.tenantId, (tx) =>
    tx.run(
      sql<Line>`select l.id, l.amount_minor from statement_line l ${explained} order by l.id desc limit 30`,
    ),
  );
}

/** Says of some line what it is: of other books, or a payment by hand of just that amount. */
export const explain: Step = async (world, chance) => {
  const lines = await someLines(world, 'any');
  if (lines.length === 0) return;
  const { id: lineId, amount_minor: minor } = chance.oneOf(lines);
  const kind = chance.oneOf([
    'fee',
    'interest',
    'transfer',
    'sweep',
    'other',
    minor > 0n ? 'deposit' : 'refund',
  ] as const);
  if (kind !== 'deposit' && kind !== 'refund') {
    await act(world, explainLine, { lineId, kind });
    return;
  }
  const [payment] = await inTenant(world.tenant.pool, world.tenant.tenantId, (tx) =>
    tx.run(sql<{ id: string }>`select id from payment where statement_line_id is null and currency = 'EUR'
      and amount_minor = abs(${minor}::bigint) and direction = ${kind === 'deposit' ? 'received' : 'refunded'} limit 1`),
  );
  await act(world, explainLine, { lineId, kind, paymentIds: payment ? [payment.id] : [] });
};

export const takeBackExplanation: Step = async (world, chance) => {
  const lines = await someLines(world, 'explained');
  if (lines.length > 0)
    await act(world, undoExplanation, { lineId: chance.oneOf(lines).id, note: 'simulated' });
};

export const sign: Step = async (world, chance) => {
  const day = addDays(world.day, -chance.whole(1, 10));
  await act(world, signDay, { bankAccountId: world.bank.accountId, day });
};

export const openAgain: Step = async (world, chance) => {
  const day = addDays(world.day, -chance.whole(1, 10));
  const { tenant, bank } = world;
  tenant.on(world.day.toString());
  await tenant.act('controller', reopenDay, { bankAccountId: bank.accountId, day, reason: 'simulated' });
};
