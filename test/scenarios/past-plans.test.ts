// A day that is past, planned again by what was known then, is what its run planned: whatever was changed, undone or recorded since,
// with whatever date.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import * as contract from '#collections/contract.ts';
import { lookBack, readPastDay, whatWasToPlan } from '#collections/plan-past.ts';
import { customersToPlan, planFor } from '#collections/plan-reminders.ts';
import { readPreview } from '#collections/read-preview.ts';
import { routes } from '#collections/routes.ts';
import { inTenant } from '#db/transaction.ts';
import { changePreference } from '#delivery/change-delivery.ts';
import { dropMessage } from '#delivery/decide-message.ts';
import { NO_PREFERENCE } from '#delivery/preference.ts';
import { liftStop, stopAddress } from '#delivery/settle-problem.ts';
import { closeDispute, reopenDispute } from '#disputes/close-dispute.ts';
import { openDispute } from '#disputes/open-dispute.ts';
import { extendHold } from '#holds/change-hold.ts';
import { placeHold } from '#holds/place-hold.ts';
import { releaseHold } from '#holds/release-hold.ts';
import { addDays, type PlainDate, parseDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId, ItemId, MessageId, PaymentId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { addAddress } from '#parties/change-addresses.ts';
import { changeCompany } from '#parties/change-company.ts';
import { addContact, archiveContact, changeContact } from '#parties/change-contacts.ts';
import { changeCustomer } from '#parties/change-customer.ts';
import { takeCompany, takeCustomer } from '#parties/take-party.ts';
import { returnPayment } from '#payments/return-payment.ts';
import { takePromise } from '#promises/take-promise.ts';
import { withdrawPromise } from '#promises/withdraw-promise.ts';
import { changeRiskClass } from '#risks/change-risk-class.ts';
import { skipReminders, takeSkipBack } from '#skips/place-skips.ts';
import { changeTags } from '#tags/change-tags.ts';
import { writeTemplate } from '#wording/write-template.ts';
import { Chance } from '../../seed/chance.ts';
import { serveTo } from '../support/ask.ts';
import { aCompany, aCustomer, anInvoice, aPayment } from '../support/builders.ts';
import { rowsOf, suppressionsOf } from '../support/history.ts';
import { messagesOf } from '../support/mail.ts';
import { goLive, remindOn, sendReminders } from '../support/reminders.ts';
import { newTenant, type TestTenant } from '../support/tenant.ts';

const SEED = Number(process.env.PAST_SEED ?? 20_261_130);
const CUSTOMERS = 8;
const DAYS = 35;
const FROM = parseDate('2026-02-01');

const steps = (...days: readonly number[]) =>
  days.map((offsetDays, index) => ({
    offsetDays,
    phase: (['due', 'reminder', 'demand', 'final_notice'] as const)[index],
    attaches: [],
    automatic: index < 3,
  }));

/** Policies that look at what is overwritten: tags, countries and classes, what is overdue, and promises that were broken. */
const POLICIES = [
  { code: 'gently', segment: { attribute: 'tags', is: 'one_of', value: ['gently'] }, steps: steps(10, 20) },
  {
    code: 'risky',
    segment: {
      any: [
        { attribute: 'risk_class', is: 'one_of', value: ['high'] },
        { attribute: 'broken_promises', is: 'at_least', value: 1 },
      ],
    },
    steps: steps(1, 4, 8, 12),
    grouping: 'invoice',
  },
  {
    code: 'french',
    segment: { attribute: 'country', is: 'one_of', value: ['FR'] },
    steps: steps(2, 9, 16),
    minimumGapDays: 3,
    minimumAmount: { currency: 'EUR', amount: '150.00' },
  },
];
const everybody = (...days: readonly number[]) => ({
  code: 'everybody',
  segment: 'everybody',
  steps: steps(...days),
});

type World = {
  readonly tenant: TestTenant;
  readonly chance: Chance;
  readonly companyId: CompanyId;
  readonly customers: readonly CustomerId[];
  readonly items: Map<ItemId, CustomerId>;
  readonly payments: PaymentId[];
  readonly promises: string[];
  readonly disputes: string[];
  readonly holds: string[];
  readonly skips: string[];
  /** How often the words of a reminder were written. */
  readonly written: Map<string, number>;
};

type Change = (world: World, on: PlainDate) => Promise<unknown>;

const anItem = ({ chance, items }: World) => chance.oneOf([...items]);
const EUR = (minor: number) => money(BigInt(minor), 'EUR');

/** What may happen on a day; much of it is refused, and then nothing happened. */
const CHANGES: Readonly<Record<string, Change>> = {
  'a contact has another address': async (world) => {
    const contact = world.chance.oneOf(await contactsOf(world));
    const email = `new${world.chance.whole(1, 9999)}@customer.example`;
    return world.tenant.act('collector', changeContact, {
      contactId: contact.id,
      wanted: { email, language: world.chance.oneOf(['de', 'en', 'fr']) },
    });
  },
  'a contact is archived': async (world) => {
    const contact = world.chance.oneOf(await contactsOf(world));
    return world.tenant.act('collector', archiveContact, { contactId: contact.id });
  },
  'a contact is added': ({ tenant, chance, customers }) =>
    tenant.act('collector', addContact, {
      customerId: chance.oneOf(customers),
      name: 'Somebody',
      role: chance.oneOf(['reminders', 'billing'] as const),
      email: `added${chance.whole(1, 9999)}@customer.example`,
    }),
  'a postal address is added': ({ tenant, chance, customers }) =>
    tenant.act('collector', addAddress, {
      customerId: chance.oneOf(customers),
      kind: 'billing',
      street: 'Main Street 1',
      postalCode: '10115',
      city: 'Berlin',
      region: null,
      country: 'DE',
    }),
  'a customer moves or is called otherwise': ({ tenant, chance, customers }) =>
    tenant.act('collector', changeCustomer, {
      customerId: chance.oneOf(customers),
      wanted: { country: chance.oneOf(['DE', 'FR', 'CZ']), name: `Called ${chance.whole(1, 999)}` },
    }),
  'a tag is given or taken': ({ tenant, chance, customers }) => {
    const customerIds = [chance.oneOf(customers)];
    const tags = ['gently'];
    return tenant.act(
      'collector',
      changeTags,
      chance.happens(0.5) ? { customerIds, add: tags } : { customerIds, take: tags },
    );
  },
  'the company is called otherwise': ({ tenant, chance, companyId }) =>
    tenant.act('owner', changeCompany, { companyId, wanted: { name: `Ours ${chance.whole(1, 999)}` } }),
  'mails say it in other words': async ({ tenant, chance, companyId, written }) => {
    const kind = chance.oneOf(['due_today', 'first_reminder'] as const);
    const words = {
      subject: `Words ${chance.whole(1, 999)}`,
      text: 'Please pay {{ items[0].open | money }} to {{ company.name }}.',
    };
    const basedOn = written.get(kind) ?? 0;
    await tenant.act('owner', writeTemplate, { companyId, kind, language: 'en', basedOn, words });
    written.set(kind, basedOn + 1);
  },
  'a risk class is stated': ({ tenant, chance, customers }) =>
    tenant.act('controller', changeRiskClass, {
      customerId: chance.oneOf(customers),
      riskClass: chance.oneOf(['high', 'low', null]),
      note: 'Said so',
    }),
  'a customer wants letters, or mail': ({ tenant, chance, customers }) =>
    tenant.act('collector', changePreference, {
      customerId: chance.oneOf(customers),
      wanted: {
        ...NO_PREFERENCE,
        channels: chance.oneOf([['post'], ['email'], ['post', 'email'], null] as const),
      },
    }),
  'an address is stopped': async (world) => {
    const contact = world.chance.oneOf(await contactsOf(world));
    return world.tenant.act('collector', stopAddress, {
      address: contact.email ?? 'nobody@customer.example',
      purpose: world.chance.oneOf(['reminder', null]),
      reason: 'opt_out',
      detail: 'They asked for it',
    });
  },
  'a stop is lifted': async ({ tenant, chance }) =>
    tenant.act('collector', liftStop, {
      suppressionId: chance.oneOf(await suppressionsOf(tenant)),
      reason: 'They asked for it',
    }),
  'something is put on hold': async (world, on) => {
    const [itemId, customerId] = anItem(world);
    const { holdId } = await world.tenant.act('collector', placeHold, {
      customerId,
      ...(world.chance.happens(0.5) ? { itemId } : {}),
      reason: 'other',
      note: 'Wait',
      until: addDays(on, world.chance.whole(0, 6)),
    });
    world.holds.push(holdId);
  },
  'a hold is extended': ({ tenant, chance, holds }, on) =>
    tenant.act('collector', extendHold, {
      holdId: chance.oneOf(holds),
      until: addDays(on, chance.whole(1, 9)),
      note: 'Longer',
    }),
  'a hold is released': ({ tenant, chance, holds }) =>
    tenant.act('collector', releaseHold, { holdId: chance.oneOf(holds), note: 'Done' }),
  'a promise is taken': async (world, on) => {
    const [itemId] = anItem(world);
    const { promiseId } = await world.tenant.act('collector', takePromise, {
      items: [{ itemId, on: addDays(on, world.chance.whole(0, 5)) }],
      way: 'phone',
    });
    world.promises.push(promiseId);
  },
  'a promise is withdrawn': ({ tenant, chance, promises }) =>
    tenant.act('collector', withdrawPromise, { promiseId: chance.oneOf(promises), note: 'No' }),
  'something is disputed, days ago': async (world, on) => {
    const [itemId] = anItem(world);
    const { disputeId } = await world.tenant.act('collector', openDispute, {
      items: [{ itemId, amount: world.chance.happens(0.5) ? EUR(40_00) : undefined }],
      openedOn: addDays(on, -world.chance.whole(0, 10)),
      acceptDuplicate: true,
      note: 'Broken',
    });
    world.disputes.push(disputeId);
  },
  'a dispute is closed': ({ tenant, chance, disputes }) =>
    tenant.act('controller', closeDispute, {
      disputeId: chance.oneOf(disputes),
      outcome: 'invalid',
      note: 'It is owed',
    }),
  'a dispute is opened again': ({ tenant, chance, disputes }) =>
    tenant.act('controller', reopenDispute, { disputeId: chance.oneOf(disputes), note: 'Not yet' }),
  'money came days ago': async (world, on) => {
    const [itemId, customerId] = anItem(world);
    const { companyId, payments, tenant, chance } = world;
    const minor = chance.oneOf([50_00n, 100_00n, 200_00n]);
    const paid = await aPayment(tenant, {
      companyId,
      customerId,
      minor,
      receivedOn: addDays(on, -chance.whole(0, 12)).toString(),
      ...(chance.happens(0.7) ? { allocations: [{ itemId, amount: money(minor, 'EUR') }] } : {}),
    });
    payments.push(paid.paymentId);
  },
  'money goes back': ({ tenant, chance, payments }) =>
    tenant.act('owner', returnPayment, { paymentId: chance.oneOf(payments), reason: 'bounced' }),
  'somebody is skipped': async (world, on) => {
    const [itemId, customerId] = anItem(world);
    const { skipIds } = await world.tenant.act('collector', skipReminders, {
      companyId: world.companyId,
      of: [{ customerId, ...(world.chance.happens(0.5) ? { itemId } : {}) }],
      from: addDays(on, 1),
      until: addDays(on, world.chance.whole(1, 5)),
      reason: 'Not now',
    });
    world.skips.push(...skipIds);
  },
  'a skip is taken back': ({ tenant, chance, skips }) =>
    tenant.act('collector', takeSkipBack, { skipId: chance.oneOf(skips) }),
  'an invoice is issued': async (world, on) => {
    const customerId = world.chance.oneOf(world.customers);
    const built = await anInvoice(world.tenant, {
      companyId: world.companyId,
      customerId,
      minor: world.chance.oneOf([60_00n, 100_00n, 200_00n]),
      issuedOn: addDays(on, -20).toString(),
      dueOn: addDays(on, world.chance.whole(-12, 6)).toString(),
    });
    for (const itemId of built.itemIds) world.items.set(itemId, customerId);
  },
  'a message that waits is dropped': async ({ tenant, chance }) => {
    const waiting = (await messagesOf(tenant)).filter(({ state }) => state === 'queued');
    const { id } = chance.oneOf(waiting);
    return tenant.act('collector', dropMessage, { messageId: id as MessageId, reason: 'No' });
  },
  'what waits is sent': ({ tenant }) => sendReminders(tenant),
};

function contactsOf({ tenant, chance, customers }: World) {
  return rowsOf<{ id: string; email: string | null }>(tenant, 'contact', chance.oneOf(customers));
}

/** Tries a change. What is refused, or has nothing to happen to, did not happen. */
async function happens(world: World, name: string, on: PlainDate): Promise<boolean> {
  try {
    await CHANGES[name]?.(world, on);
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    if (error instanceof Error && error.message === 'a list to choose from is not empty') return false;
    throw error;
  }
}

async function aWorld(chance: Chance): Promise<World> {
  const tenant = await newTenant({ on: '2026-01-20' });
  const companyId = await aCompany(tenant);
  await goLive(tenant, ...POLICIES, everybody(3, 7, 14, 21));
  const customers: CustomerId[] = [];
  const items = new Map<ItemId, CustomerId>();
  for (let n = 0; n < CUSTOMERS; n += 1) {
    const contacts = [{ name: 'Reader', role: 'reminders', email: `reader${n}@customer.example` }] as const;
    const customerId = await aCustomer(tenant, { country: chance.oneOf(['DE', 'FR']), contacts });
    customers.push(customerId);
    for (let m = 0; m < 3; m += 1) {
      const dueOn = addDays(FROM, chance.whole(-3, 20)).toString();
      const built = await anInvoice(tenant, { companyId, customerId, minor: 100_00n, dueOn });
      for (const itemId of built.itemIds) items.set(itemId, customerId);
    }
  }
  const lists = { payments: [], promises: [], disputes: [], holds: [], skips: [], written: new Map() };
  return { tenant, chance, companyId, customers, items, ...lists };
}

/** A row of a plan, without what is asked of the moment the message leaves. */
function decided(row: Record<string, unknown>) {
  const {
    waits: _,
    told: __,
    differences: ___,
    ...rest
  } = row as Record<string, unknown> & {
    readonly items: readonly Record<string, unknown>[];
    readonly leftOut: readonly { readonly skip: { readonly skipId: string } | null }[];
  };
  return {
    ...rest,
    items: rest.items.map(({ waitingMoney: _money, ...item }) => item),
    leftOut: rest.leftOut.map(({ skip, ...item }) => ({ ...item, skip: skip?.skipId ?? null })),
  };
}

const saysSomething = (row: { readonly items: readonly unknown[]; readonly leftOut: readonly unknown[] }) =>
  row.items.length > 0 || row.leftOut.length > 0;

/** Tables that are read as they are now, whatever day is looked at, and why. */
const READ_AS_THEY_ARE: Readonly<Record<string, string>> = {
  row_before: 'is what stood in rows until then',
  dispute_item: 'comes with its dispute, and stays as it is',
  promise_part: 'comes with its promise, and stays as it is',
  payment: 'is asked for the day it was received, and counts by what it was applied to',
  company_look: 'says how a paper looks, not what it says',
};

/** Tables that planning a past day and writing one of its reminders read otherwise than as they were known then. */
function findReadAsTheyAre(
  { tenant, companyId }: World,
  on: PlainDate,
  customerId: CustomerId,
): Promise<readonly string[]> {
  const { pool, tenantId } = tenant;
  const readPast = inTenant(pool, tenantId, async (tx) =>
    readPastDay(tx, await takeCompany(tx, companyId), on, tenant.clock()),
  );
  return readPast.then((past) =>
    lookBack({ pool }, { tenantId }, past, async (then) => {
      const what = await whatWasToPlan(then, past);
      const customer = await takeCustomer(then, customerId);
      await customersToPlan(then, what, { after: undefined, limit: 100 });
      const [planned] = await planFor(then, what, [customerId]);
      await readPreview(then, what, { customer, planned, message: 1 });
      // What a transaction has read it holds a lock of until it ends.
      const rows = await then.run(sql<{ name: string }>`
        select distinct t.relname as name from pg_locks l join pg_class t on t.oid = l.relation
        where l.pid = pg_backend_pid() and t.relkind in ('r', 'p') and t.relnamespace = 'public'::regnamespace
          and not exists (select from pg_class v where v.relname = t.relname and v.relnamespace = 'as_known'::regnamespace)`);
      return rows.map(({ name }) => name);
    }),
  );
}

test(`each past day, by what was known then, is what its run decided (seed ${SEED})`, async () => {
  const chance = new Chance(SEED);
  const world = await aWorld(chance);
  const { tenant } = world;
  const ask = await serveTo(tenant, routes);
  const decidedOn = new Map<string, readonly unknown[]>();
  const happened = new Map<string, number>();
  const words = new Map<string, { companyId: string; customerId: string; reply: unknown }>();
  const noRun = new Set<string>();
  for (let day = 0; day < DAYS; day += 1) {
    const on = addDays(FROM, day);
    tenant.on(on.toString());
    if (day === 18) await goLive(tenant, ...POLICIES.slice(1), everybody(2, 6, 11, 18));
    const { reply } = await ask('collector', contract.planReminders, {
      query: { on: on.toString(), limit: 100 },
    });
    decidedOn.set(on.toString(), reply.rows.filter(saysSomething).map(decided));
    const told = reply.rows.find(({ phase }) => phase !== null);
    if (told) {
      const { companyId, customerId } = told;
      const looked = await ask('collector', contract.previewReminder, {
        params: { companyId, customerId },
        query: { on: on.toString() },
      });
      words.set(on.toString(), { companyId, customerId, reply: looked.reply });
    }
    if (chance.happens(0.85)) await remindOn(tenant, on.toString());
    else noRun.add(on.toString());
    for (let n = chance.whole(2, 7); n > 0; n -= 1) {
      const names = Object.keys(CHANGES);
      const missing = names.filter((one) => !happened.has(one));
      const name = chance.oneOf(missing.length > 0 && chance.happens(0.4) ? missing : names);
      if (await happens(world, name, on)) happened.set(name, (happened.get(name) ?? 0) + 1);
    }
  }
  // Where no run began, the end of the day is looked at: what changed in its course is known then.
  tenant.on(addDays(FROM, DAYS + 5).toString());
  let said = 0;
  const differences = new Set<string>();
  const readAsTheyAre = new Set<string>();
  for (const [on, rows] of decidedOn) {
    const { reply, status } = await ask('collector', contract.listPastReminders, {
      query: { on, limit: 100 },
    });
    assert.equal(status, 200, JSON.stringify(reply));
    if (noRun.has(on)) {
      assert.ok(reply.rows.every(({ told }) => told.length === 0));
      continue;
    }
    const then = reply.rows.filter(saysSomething).map(decided);
    assert.deepEqual(then, rows, `the plan of ${on}`);
    said += then.length;
    const looked = words.get(on);
    if (looked) {
      const { companyId, customerId } = looked;
      const asked = { params: { companyId, customerId }, query: { on } };
      const { reply: read } = await ask('collector', contract.previewPastReminder, asked);
      assert.deepEqual(read, looked.reply, `the words of ${on}`);
      for (const name of await findReadAsTheyAre(world, parseDate(on), customerId as CustomerId))
        readAsTheyAre.add(name);
    }
    for (const row of reply.rows) for (const { why } of row.differences) differences.add(why);
    const review = await ask('collector', contract.reviewPastDay, { query: { on } });
    const [one] = review.reply.rows;
    assert.equal(one?.differing, reply.rows.filter((row) => row.differences.length > 0).length);
  }
  assert.ok(said > 60, `${said} customers of all days`);
  // What the run decided is what it said; only as messages left something was left out, or went where the customer is reached since,
  // or nothing had left before the day was over.
  const afterwards = ['left_out', 'not_sent', 'not_left', 'left_later', 'other_recipient'];
  assert.deepEqual(
    [...differences].filter((why) => !afterwards.includes(why)),
    [],
  );
  assert.deepEqual(
    [...readAsTheyAre].filter((name) => !(name in READ_AS_THEY_ARE)),
    [],
  );
  assert.ok(readAsTheyAre.has('row_before'), 'what was read is seen');
  const never = Object.keys(CHANGES).filter((name) => !happened.has(name));
  // Ids are no seed's, so that what is refused is not the same each time.
  assert.ok(never.length <= 3, `never happened: ${never.join(', ')}`);
});
