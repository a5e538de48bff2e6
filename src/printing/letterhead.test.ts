import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inTenant } from '#db/transaction.ts';
import type { CompanyId } from '#kernel/id.ts';
import { changeCompany } from '#parties/change-company.ts';
import { aCompany } from '../../test/support/builders.ts';
import { anInvoiceDocument, aSeller } from '../../test/support/printed-documents.ts';
import { RACERS, raceHeld } from '../../test/support/race.ts';
import { newTenant } from '../../test/support/tenant.ts';
import { changeLook } from './change-look.ts';
import { type InvoiceDocument, invoicePage } from './invoice-document.ts';
import { letterPage } from './letter-document.ts';
import { checkLetterheads, filledLines, type Letterhead, partIn } from './letterhead.ts';
import { readLetterheadId } from './read-looks.ts';

const GERMAN: Letterhead = {
  language: 'de',
  head: ['Werkstatt {street}', '{phone}', 'USt {taxId}'],
  columns: [['{name}', '{street}', '{town}'], ['Geschäftsführung: A. Nord, B. Licht'], ['{bank}', '{iban}']],
  before: null,
  after: null,
  creditBefore: null,
  creditAfter: null,
};
const ENGLISH: Letterhead = { ...GERMAN, language: 'en', head: ['Workshop'], columns: [] };

const page = (change: Partial<InvoiceDocument>) => invoicePage(anInvoiceDocument({ change }));

test('each part is said in the language of the document, else in the company’s own, else as is usual', () => {
  const letterheads = { texts: [GERMAN, ENGLISH], ownLanguage: 'de' } as const;
  const seller = { ...aSeller, letterheads };
  const english = page({ language: 'en', seller });
  assert.deepEqual(english.letterhead.contact, ['Workshop']);
  assert.deepEqual(english.footer[1], ['Geschäftsführung: A. Nord, B. Licht']);
  const french = page({ language: 'fr', seller });
  assert.deepEqual(french.letterhead.contact, ['Werkstatt Speicherstraße 14', 'USt DE287654321']);
  const other = page({
    language: 'fr',
    seller: { ...aSeller, letterheads: { ...letterheads, ownLanguage: 'cs' } },
  });
  assert.deepEqual(other.footer, page({ language: 'fr', seller: aSeller }).footer);
  assert.deepEqual(other.letterhead.contact, page({ language: 'fr', seller: aSeller }).letterhead.contact);
});

test('a line that only names what is not known is left out; others keep what they say', () => {
  const lines = ['{phone}', 'Tel. {phone} · {email}', 'Hamburg', '{account} {routing}'];
  assert.deepEqual(filledLines(lines, aSeller), ['Tel.  · rechnung@nordlicht.example', 'Hamburg']);
  assert.deepEqual(filledLines(['{iban}'], aSeller), [
    'DE89\u00a03704\u00a00044\u00a00532\u00a00130\u00a000',
  ]);
});

test('the foot is the same on invoices and letters', () => {
  const seller = { ...aSeller, letterheads: { texts: [GERMAN], ownLanguage: 'de' } as const };
  const { buyer, issuedOn } = anInvoiceDocument();
  const letter = letterPage({
    language: 'de',
    seller,
    customer: buyer,
    date: issuedOn,
    subject: 'Erinnerung',
    opening: [],
    rows: [],
    closing: [],
  });
  assert.deepEqual(letter.footer, page({ language: 'de', seller }).footer);
});

test('texts stand over and under the lines', () => {
  const { blocks } = page({ before: ['Thank you.'], after: ['Yours'], footnotes: ['Note'] });
  assert.deepEqual(blocks[0], { type: 'text', paragraphs: ['Thank you.'] });
  assert.deepEqual(blocks.at(-2), { type: 'text', paragraphs: ['Yours'] });
});

test('a language twice and a word in braces that nothing would fill are refused', () => {
  const refused = (texts: readonly Letterhead[], code: string) =>
    assert.throws(() => checkLetterheads(texts), { code });
  refused([GERMAN, { ...ENGLISH, language: 'de' }], 'letterhead_twice');
  refused([{ ...GERMAN, head: ['{fax}'] }], 'letterhead_field_unknown');
  refused([{ ...GERMAN, columns: [['{number}']] }], 'letterhead_field_unknown');
  refused([{ ...GERMAN, after: 'Pay to {bank}' }], 'letterhead_field_unknown');
  checkLetterheads([{ ...GERMAN, after: 'Quote {number} by {dueOn}' }, ENGLISH]);
  assert.equal(
    partIn({ texts: [ENGLISH], ownLanguage: 'en' }, 'en', ({ before }) => before),
    undefined,
  );
});

async function aWorld() {
  const tenant = await newTenant();
  const companyId = (await aCompany(tenant, { language: 'de' })) as CompanyId;
  const set = (letterheads: readonly Letterhead[]) =>
    tenant.act('owner', changeLook, { companyId, style: null, letterheads });
  const current = () => inTenant(tenant.pool, tenant.tenantId, (tx) => readLetterheadId(tx, companyId));
  return { tenant, companyId, set, current };
}

test('what is said anew is a new version; the same again is none, and one left out stays', async () => {
  const { tenant, companyId, set, current } = await aWorld();
  assert.equal(await current(), null);
  await set([GERMAN]);
  const first = await current();
  await set([GERMAN]);
  await tenant.act('owner', changeLook, { companyId, style: null });
  await tenant.act('owner', changeCompany, { companyId, wanted: { phone: '1' } });
  assert.equal(await current(), first);
  await set([]);
  assert.notEqual(await current(), first);
  await assert.rejects(set([{ ...GERMAN, head: ['{fax}'] }]), { code: 'letterhead_field_unknown' });
});

test('of several who change a letterhead at once one wins, and the others are told', async () => {
  const { tenant, set } = await aWorld();
  const { won, codes } = await raceHeld(
    tenant,
    Array.from({ length: RACERS }, (_, n) => () => set([{ ...GERMAN, head: [`Version ${n}`] }])),
  );
  assert.deepEqual([won, new Set(codes)], [1, new Set(['letterhead_changed_meanwhile'])]);
});
