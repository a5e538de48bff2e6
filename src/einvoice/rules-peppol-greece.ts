// Peppol's rules for Greek sellers (GR-R, GR-S): the number of an invoice has six parts that the tax office knows, and the mark
// of the tax office (M.AR.K) and the address of the invoice there stand among the supporting documents.

import { isGreek } from '#formats/tax-id.ts';
import { at, isBlank, type Judge, type Words } from './judge.ts';

const MARK = '##M.AR.K##';
const ADDRESS = '##INVOICE|URL##';

/** Judges by the rules for Greek sellers. */
export function judgeGreece(judge: Judge): void {
  judgeNumber(judge);
  judgeParties(judge);
  judgeMarks(judge);
}

/** The types of Greek documents that Peppol carries. */
const GREEK_TYPES: ReadonlySet<string> = new Set(['1.1', '1.6', '2.1', '2.4', '5.1', '5.2']);

function judgeNumber(judge: Judge): void {
  const { number, issuedOn, seller, taxRepresentative } = judge.invoice;
  if (isBlank(number) || number === undefined) return;
  const parts = number.split('|');
  const [tin = '', day = '', branch = '', type = '', series = '', serial = ''] = parts;
  const [year, month, date] = (issuedOn ?? '').split('-');
  const owners = [seller?.vatId, taxRepresentative?.vatId].map((id) => id?.trim().slice(2, 11));
  const checks: readonly (readonly [rule: string, isRight: boolean, says: string, hint: string])[] = [
    [
      '1',
      parts.length === 6,
      'The number has not six parts.',
      'Part them by |: tax number, day, branch, type, series, number.',
    ],
    [
      '2',
      isGreek(tin.trim()) && owners.includes(tin),
      "The first part is not the seller's tax number.",
      'Begin with the nine digits of the seller or its tax representative.',
    ],
    [
      '3',
      day !== '' && day === `${date}/${month}/${year}`,
      'The second part is not the day of issue.',
      'Write it as day/month/year.',
    ],
    ['4', /^\d+$/.test(branch), 'The third part is no number of a branch.', 'Enter 0 for the head office.'],
    [
      '5',
      GREEK_TYPES.has(type),
      'The fourth part is no Greek type of document.',
      'Use one of 1.1, 1.6, 2.1, 2.4, 5.1 and 5.2.',
    ],
    ['6', series !== '', 'The fifth part is empty.', 'Enter the series.'],
    ['7', serial !== '', 'The sixth part is empty.', 'Enter the number in the series.'],
  ];
  for (const [part, isRight, says, hint] of checks) {
    if (!isRight) judge.report(`GR-R-001-${part}`, at('BT-1'), number, [says, hint]);
  }
}

const isGreekVat = (id: string | undefined): boolean => {
  const text = id?.trim() ?? '';
  return text.startsWith('EL') && isGreek(text.slice(2));
};

const NO_VAT: Words = ['This is no Greek VAT number.', 'Write EL and the nine digits.'];
const NO_ADDRESS: Words = [
  'This is no Greek electronic address.',
  'Use the nine digits of the tax number with the scheme 9933.',
];

function judgeParties(judge: Judge): void {
  const { seller, buyer, taxRepresentative } = judge.invoice;
  if (isBlank(seller?.tradingName)) {
    judge.report('GR-R-002', at('BT-28'), undefined, [
      'The full name of the seller is missing.',
      'Enter the name that is in the register.',
    ]);
  }
  if (!isGreekVat(seller?.vatId)) judge.warn('GR-S-011', at('BT-31'), seller?.vatId, NO_VAT);
  if (!isBlank(seller?.vatId) && !isGreekVat(seller?.vatId))
    judge.report('GR-R-003', at('BT-31'), seller?.vatId, NO_VAT);
  if (isBlank(buyer?.tradingName)) {
    judge.report('GR-R-005', at('BT-45'), undefined, ['The full name of the buyer is missing.', 'Enter it.']);
  }
  const isGreekAddress = (endpoint: NonNullable<typeof seller>['endpoint']): boolean =>
    endpoint?.scheme?.trim() === '9933' && isGreek(endpoint.value.trim());
  const isSellerItself = isBlank(seller?.vatId) ? isBlank(taxRepresentative?.vatId) : true;
  if (isSellerItself && seller?.endpoint !== undefined && !isGreekAddress(seller.endpoint)) {
    judge.report('GR-R-009', at('BT-34'), seller.endpoint.value, NO_ADDRESS);
  }
  const country = (isBlank(buyer?.vatId) ? buyer?.address?.country : buyer?.vatId?.slice(0, 2))
    ?.trim()
    .toUpperCase();
  if (country !== 'GR' && country !== 'EL') return;
  if (!isGreekVat(buyer?.vatId)) judge.report('GR-R-006', at('BT-48'), buyer?.vatId, NO_VAT);
  if (buyer?.endpoint !== undefined && !isGreekAddress(buyer.endpoint)) {
    judge.report('GR-R-010', at('BT-49'), buyer.endpoint.value, NO_ADDRESS);
  }
}

function judgeMarks(judge: Judge): void {
  const { documents, seller } = judge.invoice;
  const of = (description: string) =>
    [...documents.entries()].filter(([, document]) => document.description?.trim() === description);
  const isAtHome = seller?.address?.country?.trim() === 'GR';
  const [marks, addresses] = [of(MARK), of(ADDRESS)];
  if (isAtHome && marks.length !== 1) {
    judge.report('GR-R-004-1', at('BG-24'), String(marks.length), [
      'The mark of the tax office must be there, once.',
      `Add it as supporting document, described as ${MARK}.`,
    ]);
  }
  for (const [index, { reference }] of isAtHome ? marks : []) {
    if (/^[1-9]\d*/.test(reference ?? '')) continue;
    judge.report('GR-R-004-2', at('BT-122', index), reference, [
      'The mark of the tax office is no number.',
      'Enter the digits of the mark.',
    ]);
  }
  if (isAtHome && addresses.length !== 1) {
    judge.warn('GR-S-008-1', at('BG-24'), String(addresses.length), [
      'The address of the invoice at the tax office should be there.',
      `Add it as supporting document, described as ${ADDRESS}.`,
    ]);
  }
  if (isAtHome && addresses.length > 1) {
    judge.report('GR-R-008-2', at('BG-24'), String(addresses.length), [
      'There is more than one address of the invoice at the tax office.',
      'Keep one of them.',
    ]);
  }
  for (const [index, { location }] of addresses) {
    if (!isBlank(location)) continue;
    judge.report('GR-R-008-3', at('BT-124', index), undefined, ['The address is missing.', 'Enter it.']);
  }
}
