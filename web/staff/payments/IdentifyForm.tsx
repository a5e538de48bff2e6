// Saying whose money it is.

import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { identifyPayment } from '#payments/contract.ts';
import { useCommand } from '../../lib/data.ts';
import { CustomerPicker } from '../../ui/CustomerPicker.tsx';
import { Panel, Trouble } from '../../ui/Page.tsx';
import type { Payment } from './PaymentPage.tsx';

export function IdentifyForm({ payment }: { readonly payment: Payment }) {
  const [customerId, setCustomerId] = useState<string | undefined>(payment.match?.payer?.id);
  const command = useCommand(identifyPayment);
  return (
    <Panel title="Who paid?">
      {command.error ? <Trouble problem={command.error} /> : null}
      <Group align="flex-end">
        <CustomerPicker
          label="Customer"
          value={customerId}
          onChange={(customer) => setCustomerId(customer?.id)}
        />
        <Button
          disabled={customerId === undefined}
          loading={command.isPending}
          onClick={() =>
            command.mutate({
              params: { paymentId: payment.paymentId },
              body: { customerId: customerId ?? '' },
            })
          }
        >
          It is theirs
        </Button>
      </Group>
    </Panel>
  );
}
