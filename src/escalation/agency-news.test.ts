import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDate } from '#kernel/calendar.ts';
import { serveTo } from '../../test/support/ask.ts';
import { refusesWithoutTrace } from '../../test/support/books.ts';
import { aCompany, aCustomer, anInvoice } from '../../test/support/builders.ts';
import { RACERS, raceHeld } from '../../test/support/race.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { CONDITION_CODES } from './condition.ts';
import * as contract from './contract.ts';
import { handOverItems } from './hand-over-items.ts';
import { putAgency } from './put-agency.ts';
import { type NamedNews, receiveNews, recordNews } from './record-news.ts';
import { routes } from './routes.ts';

/** Two invoices, each in a hand-over of its own to an agency; today is 15 March 2026. */
async function setting() {
  const tenant = await newTenant({ on: '2026-03-15' });
  const companyId = await aCompany(tenant, { country: 'DE' });
  const { agencyId } = await tenant.act('owner', putAgency, {
    kind: 'agency',
    name: 'Hansa Collect',
    fees: { shares: [{ upToDaysLate: null, percent: '20' }], taxPercent: '0' },
    remits: 'net',
    inUse: true,
  });
  const handed = async () => {
    const invoice = await anInvoice(tenant, { companyId, issuedOn: '2026-01-01', dueOn: '2026-02-01' });
    const { handOverId, number } = await tenant.act('owner', handOverItems, {
      companyId,
      customerId: invoice.customerId,
      route: 'agency',
      agencyId,
      itemIds: [invoice.itemId],
      interest: 'goes_on',
      accepting: [...CONDITION_CODES],
      note: 'They are being wound up',
    });
    return { ...invoice, handOverId, handOver: number };
  };
  const [one, two] = [await handed(), await handed()];
  const ask = await serveTo(tenant, routes);
  const shown = async (handOverId: string) =>
    (await ask('viewer', contract.getHandOver, { params: { handOverId } })).reply;
  /** Some invoices of one customer in one hand-over. */
  const together = async (count: number, of = companyId) => {
    const customerId = await aCustomer(tenant);
    const invoices = [];
    for (let n = 0; n < count; n += 1)
      invoices.push(
        await anInvoice(tenant, { companyId: of, customerId, issuedOn: '2026-01-01', dueOn: '2026-02-01' }),
      );
    const { handOverId } = await tenant.act('owner', handOverItems, {
      companyId: of,
      customerId,
      route: 'agency',
      agencyId,
      itemIds: invoices.map(({ itemId }) => itemId),
      interest: 'goes_on',
      accepting: [...CONDITION_CODES],
      note: 'They are being wound up',
    });
    return { invoices, handOverId };
  };
  const receive = (lines: readonly NamedNews[]) => tenant.act('owner', receiveNews, { agencyId, lines });
  return { tenant, agencyId, one, two, together, ask, shown, receive };
}

const on = parseDate('2026-03-14');

test('what a file tells is kept once, however often lists of everything come', async () => {
  const { one, two, shown, receive } = await setting();
  const lines: NamedNews[] = [
    { name: one.number, status: 'part_paid', on, reference: 'HC-1' },
    { name: two.handOver, status: 'uncollectible', on },
  ];
  assert.deepEqual(await receive(lines), { kept: 2, known: 0 });
  assert.deepEqual(await receive([...lines, { name: one.number, status: 'paid', on }]), {
    kept: 1,
    known: 2,
  });
  assert.deepEqual(
    (await shown(one.handOverId)).news.map((news) => news.status),
    ['part_paid', 'paid'],
  );
});

test('a file is kept as a whole or not at all, and of this agency only', async () => {
  const { tenant, agencyId, one, two, receive } = await setting();
  const good: NamedNews = { name: one.number, status: 'accepted', on };
  const refused = (code: string, lines: readonly NamedNews[]) =>
    refusesWithoutTrace(tenant, code, () => receive(lines));
  await refused('agency_line_unknown', [good, { ...good, name: 'X-1' }]);
  await refused('news_in_future', [good, { name: two.number, status: 'paid', on: parseDate('2026-03-16') }]);
  await refusesWithoutTrace(tenant, 'agency_not_found', () =>
    tenant.act('owner', receiveNews, { agencyId: one.handOverId, lines: [good] }),
  );
  await refusesWithoutTrace(tenant, 'not_permitted', () =>
    tenant.act('collector', receiveNews, { agencyId, lines: [good] }),
  );
});

test('what is given back is ours again from that day; what we asked back stays with them until then', async () => {
  const { tenant, one, shown } = await setting();
  const tell = (status: 'returned' | 'recall_asked') =>
    tenant.act('owner', recordNews, { handOverId: one.handOverId, status, on });
  await tell('recall_asked');
  assert.equal((await shown(one.handOverId)).isStanding, true);
  await tell('returned');
  const back = await shown(one.handOverId);
  assert.deepEqual([back.isStanding, back.status, back.items[0]?.ended], [false, 'returned', 'recalled']);
  assert.notEqual(back.may.recall, true);
});

test('of a hand-over of several invoices news are of the one that is named: given back, the others stay with them', async () => {
  const { together, shown, receive } = await setting();
  const { invoices, handOverId } = await together(2);
  const [a, b] = invoices.map(({ number }) => number);
  const ended = async () =>
    new Map((await shown(handOverId)).items.map((item) => [item.reference, item.ended]));
  const back = (name = ''): NamedNews => ({ name, status: 'returned', on });
  assert.deepEqual(await receive([back(a)]), { kept: 1, known: 0 });
  assert.deepEqual(
    await ended(),
    new Map([
      [a, 'recalled'],
      [b, null],
    ]),
  );
  assert.equal((await shown(handOverId)).status, null, 'what is said of one is not the state of all');
  assert.deepEqual(await receive([back(a), back(b)]), { kept: 1, known: 1 });
  assert.equal((await ended()).get(b ?? ''), 'recalled');
  assert.deepEqual(
    (await shown(handOverId)).news.map((news) => news.invoice),
    [a, b],
  );
});

test('a number that invoices of two companies have names neither', async () => {
  const { tenant, one, together, receive } = await setting();
  const other = await aCompany(tenant, { country: 'DE' });
  const { invoices } = await together(1, other);
  assert.equal(invoices[0]?.number, one.number, 'the same number in both');
  await refusesWithoutTrace(tenant, 'agency_line_unknown', () =>
    receive([{ name: one.number, status: 'returned', on }]),
  );
});

test('of many who bring the same file in the same moment it is kept once', async () => {
  const { tenant, one, shown, receive } = await setting();
  const { won } = await raceHeld(
    tenant,
    Array.from({ length: RACERS }, () => () => receive([{ name: one.number, status: 'accepted', on }])),
  );
  assert.equal(won, RACERS);
  assert.equal((await shown(one.handOverId)).news.length, 1);
});

test('a file is looked at before: words of theirs are told apart, unknown ones asked, and kept once said', async () => {
  const { agencyId, one, two, ask } = await setting();
  const rows = [
    'Invoice,Status,Date,Case,Remark',
    `${one.number},Teilzahlung,14.03.2026,HC-1,50 now`,
    `${two.number},Stage 7,13.03.2026,HC-2,`,
    'X-1,accepted,,,',
  ].join('\n');
  const look = (columns?: object) =>
    ask('owner', contract.lookAtAgencyNews, {
      params: { agencyId },
      query: columns ? { columns: JSON.stringify(columns) } : {},
      file: { name: 'news.csv', content: Buffer.from(rows) },
    });
  const seen = await look();
  assert.equal(seen.status, 200, JSON.stringify([seen.code, seen.facts]));
  assert.deepEqual(
    seen.reply.lines.map((line) => [line.word, line.status, line.on, line.reference, line.handOver]),
    [
      ['Teilzahlung', 'part_paid', '2026-03-14', 'HC-1', one.handOverId],
      ['Stage 7', null, '2026-03-13', 'HC-2', two.handOverId],
      ['accepted', 'accepted', '2026-03-15', null, null],
    ],
  );
  const columns = { ...seen.reply.columns, statuses: { 'Stage 7': 'enforcement' as const } };
  const kept = await ask('owner', contract.receiveAgencyNews, {
    params: { agencyId },
    body: { columns, lines: [{ name: two.number, status: 'enforcement', on: '2026-03-13' }] },
  });
  assert.deepEqual(kept.reply, { kept: 1, known: 0 });
  assert.equal((await look()).reply.lines[1]?.status, 'enforcement');
});

test('what was said is kept when one goes on: headings while days are asked, words while headings are', async () => {
  const { agencyId, one, two, ask } = await setting();
  const look = (text: string, columns?: object) =>
    ask('owner', contract.lookAtAgencyNews, {
      params: { agencyId },
      query: columns ? { columns: JSON.stringify(columns) } : {},
      file: { name: 'news.csv', content: Buffer.from(text) },
    });
  const rows = `Claim,Stage,Date\n${one.number},titled,03.02.2026\n${two.number},titled,04.02.2026`;
  const headings = { reference: 'Claim', status: 'Stage', on: 'Date' };
  const asked = await look(rows.replaceAll('.', '/'), { headings });
  assert.equal(asked.code, 'agency_dates_unclear');
  assert.deepEqual(asked.facts.headings, ['Claim', 'Stage', 'Date']);
  assert.deepEqual(
    asked.facts.found,
    Object.entries(headings).map(([role, heading]) => ({ role, heading })),
  );
  const columns = {
    headings,
    dateOrder: 'day_month_year' as const,
    statuses: { titled: 'judgment' as const },
  };
  await ask('owner', contract.receiveAgencyNews, {
    params: { agencyId },
    body: { columns, lines: [{ name: one.number, status: 'judgment', on: '2026-02-03' }] },
  });
  const other = `Nr,Lage,Tag\n${two.number},titled,04/02/2026`;
  const again = await look(other, { headings: { reference: 'Nr', status: 'Lage', on: 'Tag' } });
  assert.deepEqual(again.reply.lines, [
    {
      name: two.number,
      word: 'titled',
      status: 'judgment',
      on: '2026-02-04',
      reference: null,
      note: null,
      handOver: two.handOverId,
    },
  ]);
  assert.deepEqual(again.reply.columns.statuses, { titled: 'judgment' });
  const onlyOrder = await look(rows.replaceAll('.', '/'), { headings: {}, dateOrder: 'month_day_year' });
  assert.deepEqual(
    onlyOrder.reply.lines.map((line) => line.on),
    ['2026-03-02', '2026-04-02'],
  );
});

test('where only the order of days is said, headings that name themselves are found as before', async () => {
  const { agencyId, one, ask } = await setting();
  const { reply } = await ask('owner', contract.lookAtAgencyNews, {
    params: { agencyId },
    query: { columns: JSON.stringify({ headings: {}, dateOrder: 'day_month_year' }) },
    file: { name: 'news.csv', content: Buffer.from(`Invoice,Status,Date\n${one.number},paid,03/02/2026`) },
  });
  assert.deepEqual(
    reply.lines.map((line) => [line.status, line.on]),
    [['paid', '2026-02-03']],
  );
});
