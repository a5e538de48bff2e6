import assert from 'node:assert/strict';
import { test } from 'node:test';
import PostalMime from 'postal-mime';
import { parseDate } from '#kernel/calendar.ts';
import type { PaymentId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { applyPayment } from '#payments/apply-payment.ts';
import { returnPayment } from '#payments/return-payment.ts';
import { aCompany, anInvoice, aPayment } from '../../test/support/builders.ts';
import { attemptsOf, doSendingJobs, mailToolsOf, messagesOf } from '../../test/support/mail.ts';
import { RACERS, raceHeld } from '../../test/support/race.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { AGENCY_LANGUAGES, AGENCY_WORDS, agencyMail } from './agency-words.ts';
import { CONDITION_CODES } from './condition.ts';
import { closeHandedOver, recallHandOver } from './end-hand-over.ts';
import { handOverItems } from './hand-over-items.ts';
import { bookStatement } from './post-statement.ts';
import { putAgency } from './put-agency.ts';
import { tellAgencies } from './queue-notices.ts';
import { noticeSource } from './write-notice.ts';

const AGENCY = {
  kind: 'agency',
  name: 'Hansa Collect',
  clientNumber: 'M-77',
  fees: { shares: [{ upToDaysLate: null, percent: '20' }], taxPercent: '0' },
  remits: 'net',
  inUse: true,
} as const;

/** An invoice of 1,000.00 with an agency that has a mail address, unless another is given; today is 15 March 2026. */
async function setting(email: string | undefined = 'in@hansa.example') {
  const tenant = await newTenant({ on: '2026-03-15' });
  const companyId = await aCompany(tenant, { country: 'DE', email: 'ar@creditor.example' });
  const { agencyId } = await tenant.act('owner', putAgency, { ...AGENCY, ...(email ? { email } : {}) });
  const invoice = await anInvoice(tenant, {
    companyId,
    minor: 1_000_00n,
    issuedOn: '2026-01-01',
    dueOn: '2026-02-01',
  });
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
  const pay = async (minor: bigint): Promise<PaymentId> => {
    const { customerId } = invoice;
    const { paymentId } = await aPayment(tenant, { companyId, customerId, minor, receivedOn: '2026-03-14' });
    const allocations = [{ itemId: invoice.itemId, amount: money(minor, 'EUR') }];
    await tenant.act('cash_applier', applyPayment, { paymentId, allocations });
    return paymentId;
  };
  const tell = async () => (await tenant.act('owner', tellAgencies, {})).told;
  const recall = () => tenant.act('owner', recallHandOver, { handOverId, reason: 'They pay us now' });
  const leave = () => doSendingJobs(tenant, mailToolsOf(tenant, [noticeSource]));
  const mails = async () =>
    Promise.all(
      (await messagesOf(tenant)).map(async ({ id }) => {
        const [attempt] = await attemptsOf(tenant, id);
        return attempt ? PostalMime.parse(attempt.raw as Uint8Array) : undefined;
      }),
    );
  return { tenant, companyId, agencyId, invoice, handOverId, number, pay, tell, recall, leave, mails };
}

test('an agency is told by mail that a claim is recalled, with its numbers and the reason', async () => {
  const { invoice, number, recall, leave, mails } = await setting();
  await recall();
  assert.deepEqual(await leave(), ['sent']);
  const [mail] = await mails();
  assert.deepEqual(
    mail?.to?.map(({ address }) => address),
    ['in@hansa.example'],
  );
  assert.equal(mail?.subject, `Claim ${number}: recalled`);
  for (const words of ['M-77', invoice.number, 'They pay us now'])
    assert.ok(mail?.text?.includes(words), words);
  assert.ok(!mail?.text?.includes('1,000.00'), 'no amount is asked for any more');
});

test('an agency is told once what is open after money came here, and again when it was taken back', async () => {
  const { tenant, pay, tell, leave, mails } = await setting();
  assert.equal(await tell(), 0, 'nothing changed since it was handed over');
  const paymentId = await pay(400_00n);
  assert.equal(await tell(), 1);
  assert.equal(await tell(), 0, 'it was told');
  assert.deepEqual(await leave(), ['sent']);
  assert.match((await mails())[0]?.text ?? '', /EUR.600\.00 open/);
  await tenant.act('controller', returnPayment, {
    paymentId,
    on: parseDate('2026-03-15'),
    reason: 'Sent in error',
  });
  assert.equal(await tell(), 1);
  assert.deepEqual(await leave(), ['sent']);
  assert.ok((await mails()).some((mail) => /EUR.1,000\.00 open/.test(mail?.text ?? '')));
});

test('what is paid in full is told although the claim ended by it; a recalled one is told nothing more', async () => {
  const { tenant, pay, tell, recall } = await setting();
  await pay(1_000_00n);
  await tenant.act('owner', closeHandedOver, {});
  assert.equal(await tell(), 1);
  const other = await setting();
  await other.recall();
  await other.pay(400_00n);
  assert.equal(await other.tell(), 0);
  await assert.rejects(recall, /hand_over_ended/);
});

test('what was paid in full and is open again is ours: nobody is told to ask for it', async () => {
  const { tenant, pay, tell, leave, mails } = await setting();
  const paymentId = await pay(1_000_00n);
  await tenant.act('owner', closeHandedOver, {});
  assert.equal(await tell(), 1);
  const back = { paymentId, on: parseDate('2026-03-15'), reason: 'Sent in error' };
  await tenant.act('controller', returnPayment, back);
  assert.equal(await tell(), 0);
  assert.deepEqual(await leave(), ['sent']);
  assert.match(
    (await mails())[0]?.text ?? '',
    /EUR.0\.00 open/,
    'as it ended there, though it is open again',
  );
});

test('what an agency collected is no news to it, and what another collected before it neither', async () => {
  const { tenant, companyId, agencyId, invoice, number, tell, recall } = await setting();
  const { paymentId } = await aPayment(tenant, { companyId, minor: 160_00n, receivedOn: '2026-03-14' });
  const eur = (minor: bigint) => money(minor, 'EUR');
  await tenant.act('owner', bookStatement, {
    agencyId,
    companyId,
    paymentId,
    reference: 'S1',
    statedOn: parseDate('2026-03-14'),
    lines: [
      { reference: number, collected: eur(200_00n), fee: eur(40_00n), tax: eur(0n), remitted: eur(160_00n) },
    ],
  });
  assert.equal(await tell(), 0, 'it said so itself');
  await recall();
  const other = { ...AGENCY, name: 'Other Collect', email: 'in@other.example' };
  const second = await tenant.act('owner', putAgency, other);
  await tenant.act('owner', handOverItems, {
    companyId,
    customerId: invoice.customerId,
    route: 'agency',
    agencyId: second.agencyId,
    itemIds: [invoice.itemId],
    interest: 'goes_on',
    accepting: [...CONDITION_CODES],
    note: 'The first gave up',
  });
  assert.equal(await tell(), 0, 'it was given 800.00');
});

test('an agency without a mail address is told nothing; once it has one, what changed since the hand-over', async () => {
  const { tenant, agencyId, pay, tell } = await setting('');
  await pay(400_00n);
  assert.equal(await tell(), 0);
  assert.deepEqual(await messagesOf(tenant), []);
  await tenant.act('owner', putAgency, { ...AGENCY, agencyId, email: 'in@hansa.example' });
  assert.equal(await tell(), 1);
});

test('of several workers that look at once one tells it', async () => {
  const { tenant, pay, tell } = await setting();
  await pay(400_00n);
  const { won } = await raceHeld(
    tenant,
    Array.from({ length: RACERS }, () => tell),
  );
  assert.equal(won, RACERS);
  assert.equal((await messagesOf(tenant)).length, 1);
});

test('in each language a mail names the claim, the debtor and what is open, and leaves no place empty', () => {
  for (const language of AGENCY_LANGUAGES)
    for (const kind of ['recalled', 'changed'] as const) {
      const facts = {
        kind,
        number: '12',
        clientNumber: 'M-77',
        debtor: 'Buyer AG, K1',
        reason: kind === 'recalled' ? 'Paid' : null,
        items: [{ reference: 'INV-1', open: 'EUR 600.00' }],
        companyName: 'Creditor GmbH',
      };
      const { subject, paragraphs } = agencyMail(facts, language);
      const all = [subject, ...paragraphs].join('\n');
      assert.ok(!/[{}]/.test(all), all);
      for (const words of ['12', 'M-77', 'Buyer AG, K1', 'INV-1', 'Creditor GmbH'])
        assert.ok(all.includes(words), words);
      assert.equal(all.includes('600.00'), kind === 'changed');
      assert.equal(all.includes(AGENCY_WORDS[language].greeting), true);
    }
});
