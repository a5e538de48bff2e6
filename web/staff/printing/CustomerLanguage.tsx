// In which second language the documents of one customer are printed.

import { Select } from '@mantine/core';
import { changeCustomerPrint, readCustomerPrint } from '#printing/contract.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { SECOND_LANGUAGES } from './LookExtras.tsx';

/** The second language of one customer, where it is to have another than all of them. */
export function CustomerLanguage({
  customerId,
  description,
}: {
  readonly customerId: string;
  readonly description: string;
}) {
  const params = { customerId };
  const read = useRead(readCustomerPrint, { params });
  const change = useCommand(changeCustomerPrint);
  if (!read.data) return null;
  return (
    <Select
      label="Second language of this customer"
      description={description}
      data={SECOND_LANGUAGES}
      placeholder="As the company has chosen"
      value={read.data.secondLanguage}
      onChange={(chosen) => {
        const found = SECOND_LANGUAGES.find(({ value }) => value === chosen);
        change.mutate({ params, body: { secondLanguage: found?.value ?? null } });
      }}
      disabled={read.data.may.change !== true || change.isPending}
      error={change.error?.message}
      clearable
    />
  );
}
