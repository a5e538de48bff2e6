import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { inTenant } from '#db/transaction.ts';
import { changePreference } from '#delivery/change-delivery.ts';
import { type DeliveryPreference, NO_PREFERENCE } from '#delivery/preference.ts';
import { readEInvoiceFile } from '#einvoice/read.ts';
import { sameMeaning } from '#einvoice/same-meaning.ts';
import { present } from '#kernel/assert.ts';
import { parseDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId, InvoiceId } from '#kernel/id.ts';
import { parseDecimal } from '#kernel/percent.ts';
import { Refusal } from '#kernel/refusal.ts';
import { addAddress } from '#parties/change-addresses.ts';
import { changeCompany } from '#parties/change-company.ts';
import { closePdf } from '#printing/render-pdf.ts';
import { serveTo } from '../../test/support/ask.ts';
import { aCompany, aCustomer, aLine } from '../../test/support/builders.ts';
import { archiveProblems } from '../../test/support/pdf-a-checker.ts';
import { newTenant } from '../../test/support/tenant.ts';
import * as contract from './contract.ts';
import { creditInvoice } from './credit-invoice.ts';
import { addUpLines } from './document.ts';
import { findingsOf } from './e-invoice-findings.ts';
import { issueCreditNote } from './issue-credit-note.ts';
import { type IssueInvoice, issueInvoice } from './issue-invoice.ts';
import { wholeToIssue } from './issued-whole.ts';
import { readPlanned } from './read-planned.ts';
import { routes } from './routes.ts';
import { voidInvoice } from './void-invoice.ts';

after(closePdf);

/** A company and a customer with all that the strictest profile asks of them. */
async function aWorld(wish: Partial<DeliveryPreference> = {}) {
  const tenant = await newTenant({ on: '2026-03-01' });
  const companyId: CompanyId = await aCompany(tenant, {
    name: 'Nordlicht GmbH',
    street: 'Hafenstr. 1',
    postalCode: '20457',
    city: 'Hamburg',
    taxId: 'DE123456789',
    email: 'rechnung@nordlicht.example',
    phone: '+49 40 123456',
    iban: 'DE89370400440532013000',
    networkAddress: '9930:DE123456789',
  });
  const customerId: CustomerId = await aCustomer(tenant, {
    name: 'Stadtwerke Ulm',
    taxId: 'DE987654321',
    country: 'DE',
    language: 'de',
  });
  await tenant.act('owner', addAddress, {
    customerId,
    kind: 'billing',
    street: 'Markt 1',
    postalCode: '89073',
    city: 'Ulm',
    country: 'DE',
  });
  const want = (wanted: Partial<DeliveryPreference>) =>
    tenant.act('owner', changePreference, { customerId, wanted: { ...NO_PREFERENCE, ...wanted } });
  await want(wish);
  const request = (more: Partial<IssueInvoice> = {}): IssueInvoice => ({
    companyId,
    customerId,
    issuedOn: parseDate('2026-03-01'),
    dueOn: parseDate('2026-03-31'),
    currency: 'EUR',
    lines: [aLine(100_00n, 19n)],
    delivery: { deliveredOn: parseDate('2026-02-27') },
    ...more,
  });
  const issue = (more: Partial<IssueInvoice> = {}, options: { rehearse?: boolean } = {}) =>
    tenant.act('owner', issueInvoice, request(more), options);
  return { tenant, companyId, customerId, want, issue, request, ask: await serveTo(tenant, routes) };
}

/** The facts of the refusal that a promise ends in. */
async function refusedFor(doing: Promise<unknown>) {
  const error = await doing.then(
    () => assert.fail('it was not refused'),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof Refusal, String(error));
  const facts = error.facts as Record<string, readonly string[]>;
  return { code: error.code, rules: facts.rules ?? [], fields: facts.fields ?? [], facts };
}

const XRECHNUNG = { eInvoice: 'xrechnung_ubl', networkAddress: '0204:991-12345-73' } as const;
const leitweg = '991-12345-73';

test('where the customer wants an e-invoice, a document that would be none is refused with all findings, and takes no number', async () => {
  const { tenant, companyId, customerId, issue } = await aWorld({ ...XRECHNUNG, networkAddress: null });
  for (const options of [{ rehearse: true }, {}]) {
    const { code, rules, fields, facts } = await refusedFor(issue({}, options));
    assert.equal(code, 'einvoice_not_valid');
    assert.equal(facts.count, rules.length);
    const byRule = new Map(rules.map((rule, index) => [rule, fields[index]]));
    assert.equal(byRule.get('BR-DE-15'), 'references/buyerReference');
    assert.equal(byRule.get('PEPPOL-EN16931-R010'), 'customer/networkAddress');
    assert.match(facts.findings?.[0] ?? '', /\. \S/);
  }
  const { rules } = await refusedFor(
    tenant.act('owner', issueCreditNote, {
      companyId,
      customerId,
      currency: 'EUR',
      reason: 'goodwill',
      lines: [aLine(10_00n, 19n)],
    }),
  );
  assert.ok(rules.includes('BR-DE-15'), rules.join());
});

test('the reference and the order that a customer always wants stand on what names none, and a number is taken as if nothing was refused', async () => {
  const { issue, want, ask } = await aWorld(XRECHNUNG);
  await refusedFor(issue());
  await want({ ...XRECHNUNG, buyerReference: leitweg, purchaseOrder: 'PO-9' });
  const { invoiceId, number } = await issue();
  assert.equal(number, 'INV-2026-00001');
  const named = await issue({
    purchaseOrder: 'PO-10',
    references: { buyerReference: '04011000-1234512345-06' },
  });
  const xml = async (id: string) => {
    const params = { invoiceId: id as InvoiceId };
    const answer = await ask('viewer', contract.readEInvoice, { params, query: { profile: 'xrechnung' } });
    return (await readEInvoiceFile(answer.bytes)).invoice;
  };
  const [usual, own] = [await xml(invoiceId), await xml(named.invoiceId)];
  assert.deepEqual([usual.buyerReference, usual.purchaseOrder], [leitweg, 'PO-9']);
  assert.deepEqual([own.buyerReference, own.purchaseOrder], ['04011000-1234512345-06', 'PO-10']);
  assert.deepEqual(
    [usual.seller?.endpoint, usual.buyer?.endpoint],
    [
      { scheme: '9930', value: 'DE123456789' },
      { scheme: '0204', value: leitweg },
    ],
  );
});

test('a credit note for an invoice is judged too, and names the invoice it corrects', async () => {
  const { tenant, issue, want, ask } = await aWorld();
  const { invoiceId, number } = await issue();
  await want(XRECHNUNG);
  const credit = { invoiceId: invoiceId as InvoiceId, reason: 'return' };
  const { rules } = await refusedFor(tenant.act('owner', creditInvoice, credit));
  assert.ok(rules.includes('BR-DE-15'), rules.join());
  await want({ ...XRECHNUNG, buyerReference: leitweg });
  const { creditNoteId } = await tenant.act('owner', creditInvoice, credit);
  const params = { invoiceId: creditNoteId as InvoiceId };
  const answer = await ask('viewer', contract.readEInvoice, { params, query: { profile: 'xrechnung' } });
  const { invoice } = await readEInvoiceFile(answer.bytes);
  assert.deepEqual([invoice.typeCode, invoice.preceding[0]?.number], ['381', number]);
});

test('files it is issued with are judged by their names and types before it is issued', async () => {
  const { tenant, companyId, customerId } = await aWorld(XRECHNUNG);
  const planned = await inTenant(tenant.pool, tenant.tenantId, (tx) =>
    readPlanned(
      tx,
      {
        companyId,
        customerId,
        issuedOn: parseDate('2026-03-01'),
        dueOn: parseDate('2026-03-31'),
        currency: 'EUR',
        lines: [aLine(100_00n, 19n)],
      },
      parseDate('2026-03-01'),
    ),
  );
  const rulesWith = (...names: readonly string[]) => {
    const files = names.map((name) => ({ name, mediaType: 'application/pdf' }));
    const given = { number: 'INV-1', paymentReference: null, functional: planned.document.priced.total };
    const whole = present(wholeToIssue({ ...planned.document, files }, given), 'it has lines');
    return findingsOf(whole, 'xrechnung_ubl').map(({ rule }) => rule);
  };
  assert.equal(rulesWith('a.pdf', 'b.pdf').includes('BR-DE-22'), false);
  assert.equal(rulesWith('a.pdf', 'a.pdf').includes('BR-DE-22'), true);
});

test('while an invoice is written, the findings are told without issuing it; where no e-invoice is wanted there are none', async () => {
  const world = await aWorld(XRECHNUNG);
  const body = {
    companyId: world.companyId,
    customerId: world.customerId,
    issuedOn: '2026-03-01',
    dueOn: '2026-03-31',
    currency: 'EUR',
    lines: [{ description: 'Goods', quantity: '1', unitPrice: '100', taxPercent: '19' }],
  };
  const { reply } = await world.ask('controller', contract.checkEInvoice, { body });
  assert.deepEqual([reply.profile, reply.valid], ['xrechnung_ubl', false]);
  const found = present(
    reply.findings.find((finding) => finding.rule === 'BR-DE-15'),
    'the reference of the buyer is missing',
  );
  assert.deepEqual([found.field, found.severity], ['references/buyerReference', 'fatal']);
  await world.want({});
  const none = await world.ask('controller', contract.checkEInvoice, { body });
  assert.deepEqual([none.reply.profile, none.reply.findings], [null, []]);
});

test('every PDF of a document carries it as data that say the same; a voided one and one that breaks the rules carry none', async () => {
  const { tenant, companyId, issue, ask } = await aWorld();
  const lines = [aLine(100_00n, 19n), { ...aLine(33_33n, 7n), quantity: parseDecimal('3') }];
  const { invoiceId } = await issue({ lines, note: 'Mit Dank' });
  const { creditNoteId } = await tenant.act('owner', creditInvoice, {
    invoiceId: invoiceId as InvoiceId,
    reason: 'return',
    lines: [aLine(10_00n, 19n)],
  });
  for (const id of [invoiceId, creditNoteId]) {
    const params = { invoiceId: id as InvoiceId };
    const { bytes } = await ask('viewer', contract.printInvoice, { params });
    assert.deepEqual(archiveProblems(bytes), []);
    const inside = await readEInvoiceFile(bytes);
    assert.equal(inside.embedded?.name, 'factur-x.xml');
    const xml = await ask('viewer', contract.readEInvoice, { params, query: { syntax: 'cii' } });
    assert.deepEqual(sameMeaning(inside.invoice, (await readEInvoiceFile(xml.bytes)).invoice), []);
    const { reply } = await ask('viewer', contract.readInvoice, { params });
    assert.equal(reply.withoutData, null);
  }
  const plain = async (id: string, why: string) => {
    const params = { invoiceId: id as InvoiceId };
    const { bytes } = await ask('viewer', contract.printInvoice, { params });
    assert.deepEqual(
      archiveProblems(bytes).filter(({ rule }) => !/factur|fx|xmp|attach|embed/i.test(rule)),
      [],
    );
    await assert.rejects(readEInvoiceFile(bytes), { code: 'pdf_without_invoice' });
    assert.equal((await ask('viewer', contract.readInvoice, { params })).reply.withoutData, why);
  };
  const voided = await issue();
  await tenant.act('owner', voidInvoice, { invoiceId: voided.invoiceId as InvoiceId, reason: 'Twice' });
  await plain(voided.invoiceId, 'voided');
  // A standard rate needs a number that the seller is taxed under (BR-S-02).
  await tenant.act('owner', changeCompany, { companyId, wanted: { taxId: null } });
  await plain((await issue()).invoiceId, 'einvoice_not_valid');
});

test('twenty lines are judged in less than five milliseconds', async () => {
  const priced = addUpLines(
    Array.from({ length: 20 }, (_, n) => aLine(BigInt(n + 1) * 1_00n, 19n)),
    'EUR',
  );
  const content = {
    references: {},
    delivery: {},
    footnotes: [],
    footnotesChosen: false,
    seller: {
      name: 'S',
      country: 'DE',
      language: 'de',
      taxId: 'DE123456789',
      street: null,
      postalCode: null,
      city: null,
    },
    buyer: { number: 'K', name: 'B', taxId: null, country: 'DE', language: 'de', address: null },
  };
  const document = {
    kind: 'invoice',
    number: 'INV-1',
    issuedOn: parseDate('2026-03-01'),
    dueOn: parseDate('2026-03-31'),
    purchaseOrder: null,
    paymentReference: null,
    note: null,
    reason: null,
    ownReasons: [],
    reversal: undefined,
    files: [],
    priced,
    corrected: undefined,
    taxInFunctional: undefined,
    content: {
      ...content,
      seller: {
        ...content.seller,
        registrationNo: null,
        email: null,
        phone: null,
        bankName: null,
        iban: null,
        bic: null,
      },
    },
  } as const;
  const times = Array.from({ length: 25 }, () => {
    const start = performance.now();
    assert.ok(findingsOf(document, 'xrechnung_ubl').length > 0);
    return performance.now() - start;
  }).sort((a, b) => a - b);
  const median = present(times[12], 'twenty-five were measured');
  assert.ok(median < 5, `${median} ms`);
});

test('an electronic address proves itself by the check digits of its scheme, a Leitweg-ID by its own', async () => {
  const { want, tenant, companyId } = await aWorld();
  for (const networkAddress of [
    '0088:7300010000001',
    '0204:991-12345-73',
    '9930:DE123456789',
    'EM:a@b.example',
  ])
    await want({ networkAddress });
  for (const networkAddress of [
    '0088:7300010000002',
    '0208:0123456789',
    '9999:1',
    'XX:1',
    '0088:',
    '7300010000001',
  ])
    await assert.rejects(want({ networkAddress }), { code: 'network_address_not_valid' }, networkAddress);
  await assert.rejects(want({ buyerReference: '991-12345-74' }), { code: 'leitweg_id_not_valid' });
  await assert.rejects(
    tenant.act('owner', changeCompany, { companyId, wanted: { networkAddress: '0088:7300010000002' } }),
    { code: 'network_address_not_valid' },
  );
});

test('a credit note is judged while it is written: the check finds what issuing would be refused for, with an invoice and without', async () => {
  const { tenant, companyId, customerId, issue, want, ask } = await aWorld();
  const { invoiceId } = await issue();
  const base = { companyId, customerId, currency: 'EUR', reason: 'goodwill' };
  const line = { description: 'Bonus', quantity: '1', unitPrice: '10', taxPercent: '19' };
  type Body = { readonly invoiceId: string } | { readonly lines: (typeof line)[] };
  const check = async (body: Body) => {
    const answer = await ask('owner', contract.checkCreditEInvoice, { body: { ...base, ...body } });
    assert.equal(answer.status, 200, String(answer.code));
    return answer.reply;
  };
  assert.equal((await check({ invoiceId })).profile, null);

  await want({ ...XRECHNUNG, networkAddress: null });
  for (const body of [{ invoiceId }, { lines: [line] }]) {
    const { valid, findings } = await check(body);
    assert.equal(valid, false);
    assert.equal(findings.find(({ rule }) => rule === 'BR-DE-15')?.field, 'references/buyerReference');
  }
  const { rules } = await refusedFor(
    tenant.act('owner', creditInvoice, { invoiceId: invoiceId as InvoiceId, reason: 'goodwill' }),
  );
  const found = (await check({ invoiceId })).findings.map(({ rule }) => rule);
  assert.deepEqual(
    rules.filter((rule) => !found.includes(rule)),
    [],
  );

  await want({ ...XRECHNUNG, buyerReference: leitweg });
  assert.equal((await check({ lines: [line] })).valid, true);
  // The invoice was issued without the reference that is usual now: the credit note is given it all the same.
  assert.equal((await check({ invoiceId })).valid, true);
});
