// What a company adds to all of its documents: a second language, and ways to pay besides its bank.

import { Select, TextInput } from '@mantine/core';
import type { readLook } from '#printing/contract.ts';
import type { ApiProblem, Reply } from '../../lib/api.ts';

type Extras = Reply<typeof readLook>['extras'];

/** The choices of a second language, in words. */
export const SECOND_LANGUAGES: { value: Extras['secondLanguage']; label: string }[] = [
  { value: 'none', label: 'None: the customer’s language alone' },
  { value: 'company', label: 'The company’s own, after the customer’s' },
  { value: 'english', label: 'English, after the customer’s' },
  { value: 'customer', label: 'The company’s own first, then the customer’s' },
];

/** Why a link is not taken, by the reason the server gives. */
const LINK_REASONS: Readonly<Record<string, string>> = {
  not_https: 'It has to begin with https:// and the name of a site.',
  unknown_place: 'It can have {number}, {amount}, {currency} and {reference} in it, and no others.',
  not_an_address: 'It holds a sign that no address has.',
  has_password: 'It must not hold a name or password.',
  too_long: 'It is too long to be scanned.',
};

export function LookExtras({
  extras,
  onChange,
  problem,
}: {
  readonly extras: Extras;
  onChange(extras: Extras): void;
  readonly problem: ApiProblem | null;
}) {
  const put = (part: Partial<Extras>): void => onChange({ ...extras, ...part });
  return (
    <>
      <Select
        label="Second language"
        description="Of invoices, credit notes, statements and letters; a customer can have another"
        data={SECOND_LANGUAGES}
        value={extras.secondLanguage}
        onChange={(chosen) => {
          const found = SECOND_LANGUAGES.find(({ value }) => value === chosen);
          if (found) put({ secondLanguage: found.value });
        }}
        allowDeselect={false}
      />
      <TextInput
        label="Link to pay by"
        description="Printed with a code to scan. {number}, {amount}, {currency} and {reference} are filled in"
        placeholder="https://pay.example.com/{number}?amount={amount}"
        type="url"
        value={extras.payLink ?? ''}
        onChange={(event) => put({ payLink: event.currentTarget.value.trim() || null })}
        error={problem?.code === 'pay_link_not_valid' ? linkReason(problem) : undefined}
      />
      <TextInput
        label="UPI address"
        description="For amounts in Indian rupees"
        placeholder="shop@bank"
        value={extras.upiId ?? ''}
        onChange={(event) => put({ upiId: event.currentTarget.value.trim() || null })}
        error={problem?.code === 'upi_id_not_valid' ? 'This is no UPI address.' : undefined}
      />
    </>
  );
}

function linkReason(problem: ApiProblem): string {
  return LINK_REASONS[String(problem.facts.reason)] ?? 'This is no link to pay by.';
}
