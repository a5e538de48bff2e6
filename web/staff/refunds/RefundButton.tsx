// The button to pay back what is on account, for those who can grant a refund or ask for it.

import { Button } from '@mantine/core';
import { IconCashBanknote } from '@tabler/icons-react';
import { useState } from 'react';
import { useMay } from '../../lib/may.ts';
import type { MoneyValue } from '../../ui/Money.tsx';
import { GrantDialog } from './GrantDialog.tsx';

export function RefundButton({
  customerId,
  from,
}: {
  readonly customerId: string;
  readonly from?: { readonly companyId: string; readonly unapplied: MoneyValue };
}) {
  const mayPay = useMay('refund.pay');
  const mayAsk = useMay('approval.request');
  const [opened, setOpened] = useState(false);
  if (!(mayPay || mayAsk)) return null;
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconCashBanknote size={16} aria-hidden />}
        onClick={() => setOpened(true)}
      >
        Pay it back
      </Button>
      {opened ? (
        <GrantDialog customerId={customerId} {...(from ? { from } : {})} onClose={() => setOpened(false)} />
      ) : null}
    </>
  );
}
