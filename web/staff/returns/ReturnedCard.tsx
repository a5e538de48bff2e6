// One payment that came back: why, what is done next, and that it was done.

import { Badge, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { followUpReturn } from '#returns/contract.ts';
import { useCommand } from '../../lib/data.ts';
import { amountText, dayWords, momentWords } from '../../lib/format.ts';
import { useMay } from '../../lib/may.ts';
import { FormDialog } from '../../ui/FormTools.tsx';
import { Money } from '../../ui/Money.tsx';
import { Panel } from '../../ui/Page.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { NEXT_WORDS, type Returned, RISK_COLORS, reasonWords } from './return-words.ts';

export function ReturnedCard({ row }: { readonly row: Returned }) {
  const may = useMay('payment.return');
  const [asking, setAsking] = useState(false);
  return (
    <Panel
      title={`${amountText(row.amount.amount, row.amount.currency)} ${row.amount.currency} · ${row.customer?.name ?? 'nobody known'}`}
      actions={<Text size="xs">{dayWords(row.returnedOn)}</Text>}
    >
      <Stack gap="xs">
        <Group gap="xs">
          <Badge color={row.followUp ? 'gray' : RISK_COLORS[row.reason.risk]} autoContrast>
            {NEXT_WORDS[row.reason.next]}
          </Badge>
          {row.risky > 1 ? (
            <Badge color="red" variant="outline">
              {row.risky} in twelve months
            </Badge>
          ) : null}
        </Group>
        <Text size="sm">{reasonWords(row.reason)}</Text>
        <Text size="xs" c="dimmed" style={{ wordBreak: 'break-word' }}>
          <TenantLink to={`payments/${row.paymentId}`}>{row.number}</TenantLink> of {dayWords(row.receivedOn)}
          {row.customer ? (
            <>
              {' · '}
              <TenantLink to={`customers/${row.customer.id}`}>{row.customer.number}</TenantLink>
            </>
          ) : null}
          {Number(row.bankFee.amount) > 0 ? (
            <>
              {' · the bank took '}
              <Money value={row.bankFee} />
            </>
          ) : null}
          {row.charge ? (
            <>
              {' · fee asked by '}
              <TenantLink to={`charges/${row.charge.chargeId}`}>{row.charge.number}</TenantLink>
            </>
          ) : null}
        </Text>
        {row.followUp ? (
          <Text size="sm">
            Done: {row.followUp.note} ({row.followUp.doneBy}, {momentWords(row.followUp.doneAt)})
          </Text>
        ) : may && row.reason.next !== 'none' ? (
          <Group>
            <Button size="xs" onClick={() => setAsking(true)}>
              It is done
            </Button>
          </Group>
        ) : null}
        {asking ? <DoneDialog row={row} onClose={() => setAsking(false)} /> : null}
      </Stack>
    </Panel>
  );
}

function DoneDialog({ row, onClose }: { readonly row: Returned; onClose(): void }) {
  const command = useCommand(followUpReturn);
  const [note, setNote] = useState('');
  return (
    <FormDialog
      title={`${row.number}: ${NEXT_WORDS[row.reason.next].toLowerCase()}`}
      opened
      onClose={onClose}
      onSubmit={() =>
        command.mutate({ params: { paymentId: row.paymentId }, body: { note } }, { onSuccess: onClose })
      }
      submitLabel="It is done"
      busy={command.isPending}
      problem={command.error}
    >
      <TextInput
        label="What was done"
        placeholder="Called; pays by transfer on Friday"
        required
        data-autofocus
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
