// The customer's last invoice, to begin the next one with: one press of Alt+L while nothing is written yet.

import { Button, Kbd, Text } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { useEffect } from 'react';
import { copyInvoice } from '#billing/contract.ts';
import { listInvoices } from '#invoicing/contract.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { dayWords } from '../../lib/format.ts';
import { Money } from '../../ui/Money.tsx';
import { Trouble } from '../../ui/Page.tsx';

type AsLastTimeProps = {
  readonly customerId: string;
  /** A draft with the lines of the last invoice is there. */
  onCopied(draftId: string): void;
};

export function AsLastTime({ customerId, onCopied }: AsLastTimeProps) {
  const read = useRead(listInvoices, { query: { customerId, kind: 'invoice', limit: 1 } });
  const copy = useCommand(copyInvoice);
  const last = read.data?.rows[0];
  const invoiceId = last?.id;
  const { mutate, isPending } = copy;
  useEffect(() => {
    if (invoiceId === undefined) return undefined;
    const onKey = (event: KeyboardEvent): void => {
      if (!event.altKey || event.code !== 'KeyL' || isPending) return;
      event.preventDefault();
      mutate({ params: { invoiceId } }, { onSuccess: ({ draftId }) => onCopied(draftId) });
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [invoiceId, isPending, mutate, onCopied]);
  if (!last) return null;
  return (
    <>
      {copy.error ? <Trouble problem={copy.error} /> : null}
      <Button
        variant="default"
        leftSection={<IconCopy size={16} aria-hidden />}
        rightSection={
          <Kbd size="xs" visibleFrom="sm">
            Alt L
          </Kbd>
        }
        loading={isPending}
        onClick={() =>
          mutate({ params: { invoiceId: last.id } }, { onSuccess: ({ draftId }) => onCopied(draftId) })
        }
      >
        As last time
        <Text span inherit visibleFrom="sm">
          : {last.number}, {dayWords(last.issuedOn)},&nbsp;
          <Money value={last.total} />
        </Text>
      </Button>
    </>
  );
}
