// Notices of change of the ACH network: the payment went through, but something of it has to be right the next time. What is right
// stands in one field, cut by the code (Nacha Operating Rules, appendix five).

/** What a notice of change says of an account: what was used, and what is right. */
export type CorrectedAccount = { readonly account: string | null; readonly routing: string | null };

/** Codes with what they want changed, in our words. */
export const CORRECTION_CODES: Readonly<Record<string, string>> = {
  C01: 'The account number is wrong',
  C02: 'The routing number is wrong',
  C03: 'Routing number and account number are wrong',
  C04: 'The name is wrong',
  C05: 'The kind of account is wrong',
  C06: 'Account number and kind of account are wrong',
  C07: 'Routing number, account number and kind of account are wrong',
  C08: 'The foreign bank’s identifier is wrong',
  C09: 'The payer’s number is wrong',
  C10: 'Our company’s name is wrong',
  C11: 'Our company’s number is wrong',
  C12: 'Our company’s name and number are wrong',
  C13: 'The addenda were not in a known form',
};

/** Where account and routing number stand in the field of each code: columns of the field, counted from 0, the end left out. */
const PLACES: Readonly<
  Record<
    string,
    { readonly account?: readonly [number, number]; readonly routing?: readonly [number, number] }
  >
> = {
  C01: { account: [0, 17] },
  C02: { routing: [0, 9] },
  C03: { routing: [0, 9], account: [12, 29] },
  C06: { account: [0, 17] },
  C07: { routing: [0, 9], account: [9, 26] },
};

/** Reads what is right; nothing where the code is of something else, or the field is not as it has to be. */
export function readCorrected(code: string, field: string): CorrectedAccount {
  const places = PLACES[code];
  const cut = (place: readonly [number, number] | undefined): string | null =>
    (place && field.slice(...place).trim()) || null;
  const routing = cut(places?.routing);
  return {
    account: cut(places?.account)?.replace(/\s/g, '') ?? null,
    routing: routing !== null && isRoutingNumber(routing) ? routing : null,
  };
}

/** Whether nine digits are a routing number: their weighted sum (3, 7, 1) is a multiple of ten (American Bankers Association). */
export function isRoutingNumber(text: string): boolean {
  if (!/^\d{9}$/.test(text)) return false;
  const weights = [3, 7, 1];
  return (
    [...text].reduce((sum, digit, index) => sum + Number(digit) * (weights[index % 3] ?? 0), 0) % 10 === 0
  );
}

/**
 * The account of a customer put right: written as it was, with the routing number before a slash or without. Nothing where the
 * notice changes nothing of it.
 */
export function putRight(present: string, right: CorrectedAccount): string | undefined {
  const [routing, account] = present.includes('/') ? present.split('/', 2) : [null, present];
  const wanted = right.account ?? account ?? '';
  const bank = routing === null ? null : (right.routing ?? routing);
  const made = bank === null ? wanted : `${bank}/${wanted}`;
  return made === present || wanted === '' ? undefined : made;
}
