// That payments of a customer came back, for whoever looks at the customer.

import { Alert } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { listReturnedPayments } from '#returns/contract.ts';
import { useRead } from '../../lib/data.ts';
import { dayWords } from '../../lib/format.ts';
import { reasonWords } from './return-words.ts';

export function CustomerReturns({ customerId }: { readonly customerId: string }) {
  const query = { customerId, state: 'all', limit: 1 } as const;
  const [last] = useRead(listReturnedPayments, { query }).data?.rows ?? [];
  if (last === undefined || last.risky === 0) return null;
  const times =
    last.risky === 1
      ? 'A payment came back'
      : `${last.risky} payments came back within twelve months, the latest`;
  return (
    <Alert color="orange" icon={<IconArrowBackUp size={18} aria-hidden />}>
      {times} on {dayWords(last.returnedOn)}: {reasonWords(last.reason)}.
    </Alert>
  );
}
