// Mending what was read of a remittance, line by line. The reading before is kept.

import { Text } from '@mantine/core';
import { useState } from 'react';
import { changeRemittance, type getRemittance } from '#remittances/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { useCommand } from '../../lib/data.ts';
import { FormDialog } from '../../ui/FormTools.tsx';
import { LinesFields, linesBody, typedAmount, typedLine } from './LinesFields.tsx';

type Remittance = Reply<typeof getRemittance>;

export function MendDialog({ remittance, onClose }: { readonly remittance: Remittance; onClose(): void }) {
  const change = useCommand(changeRemittance);
  const [lines, setLines] = useState(remittance.lines.map(typedLine));
  const [total, setTotal] = useState(remittance.totalStated ? remittance.total.amount : '');
  const { currency } = remittance.total;
  const send = (): void =>
    change.mutate(
      {
        params: { remittanceId: remittance.remittanceId },
        body: {
          revision: remittance.revision,
          ...(remittance.customer ? { customerId: remittance.customer.id } : {}),
          ...(remittance.payerName ? { payerName: remittance.payerName } : {}),
          ...(remittance.paidOn ? { paidOn: remittance.paidOn } : {}),
          ...(remittance.paymentReference ? { paymentReference: remittance.paymentReference } : {}),
          ...(total.trim() ? { total: typedAmount(total, currency) } : {}),
          lines: linesBody(lines, currency),
        },
      },
      { onSuccess: onClose },
    );
  return (
    <FormDialog
      title="Mend the lines"
      opened
      onClose={onClose}
      onSubmit={send}
      submitLabel="Keep this reading"
      busy={change.isPending}
      problem={change.error}
      size="xl"
    >
      <Text size="sm" c="dimmed">
        All amounts in {currency}. What was read before is kept.
      </Text>
      <LinesFields lines={lines} onChange={(now) => setLines([...now])} total={total} onTotal={setTotal} />
    </FormDialog>
  );
}
