// One notice of a return: what the bank told, the payments that may be meant, and what a person says to it.

import { Badge, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { recordReturn, setAsideReturnNotice } from '#returns/contract.ts';
import { useCommand } from '../../lib/data.ts';
import { amountText, dayWords } from '../../lib/format.ts';
import { useMay } from '../../lib/may.ts';
import { FormDialog } from '../../ui/FormTools.tsx';
import { Money } from '../../ui/Money.tsx';
import { Panel, Trouble } from '../../ui/Page.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import {
  KIND_WORDS,
  NEXT_WORDS,
  type Notice,
  ORIGIN_WORDS,
  reasonWords,
  SIGN_WORDS,
  type Suggestion,
} from './return-words.ts';

export function NoticeCard({ notice }: { readonly notice: Notice }) {
  const may = useMay('payment.return');
  const [asking, setAsking] = useState(false);
  const isWaiting = notice.outcome === null;
  return (
    <Panel
      title={`${amountText(notice.amount.amount, notice.amount.currency)} ${notice.amount.currency} · ${notice.payerName ?? 'payer not named'}`}
      actions={<Text size="xs">{dayWords(notice.returnedOn)}</Text>}
    >
      <Stack gap="xs">
        <Text size="sm">{reasonWords(notice.reason)}</Text>
        <Text size="xs" c="dimmed" style={{ wordBreak: 'break-word' }}>
          {KIND_WORDS[notice.kind]} · {notice.fileName ?? ORIGIN_WORDS[notice.origin]}
          {notice.payerAccount ? ` · ${notice.payerAccount}` : ''}
          {notice.said ? ` · ${notice.said}` : ''}
        </Text>
        {notice.outcome ? <Outcome outcome={notice.outcome} /> : null}
        {isWaiting ? <Suggestions notice={notice} may={may} /> : null}
        {isWaiting && may ? (
          <Group>
            <Button size="xs" variant="default" onClick={() => setAsking(true)}>
              It is no return of ours
            </Button>
          </Group>
        ) : null}
        {asking ? <SetAsideDialog notice={notice} onClose={() => setAsking(false)} /> : null}
      </Stack>
    </Panel>
  );
}

const OUTCOME_WORDS = {
  booked: 'Booked as the return of',
  known: 'Another word of the return of',
  set_aside: 'Set aside',
  kept: 'Kept for the record',
} as const;

function Outcome({ outcome }: { readonly outcome: NonNullable<Notice['outcome']> }) {
  return (
    <Text size="sm">
      {OUTCOME_WORDS[outcome.kind]}{' '}
      {outcome.payment ? (
        <TenantLink to={`payments/${outcome.payment.paymentId}`}>{outcome.payment.number}</TenantLink>
      ) : null}
      {outcome.note ? `: ${outcome.note}` : ''}
      {outcome.decidedBy ? ` (${outcome.decidedBy})` : ''}
    </Text>
  );
}

function Suggestions({ notice, may }: { readonly notice: Notice; readonly may: boolean }) {
  const record = useCommand(recordReturn);
  const book = (one: Suggestion): void =>
    record.mutate(
      { body: { paymentId: one.paymentId, noticeId: notice.noticeId, fee: one.fee, asksFee: true } },
      {
        onSuccess: (done) =>
          notifications.show({
            message: `${one.number} came back: ${done.items.length} items are open again${
              done.charge ? `, and ${done.charge.number} asks the payer for a fee` : ''
            }.`,
          }),
      },
    );
  if (notice.isOurs)
    return (
      <Text size="sm">
        This is money you paid out. Record that it came back where you{' '}
        <TenantLink to="refunds">refunded</TenantLink> it, then set this notice aside.
      </Text>
    );
  if (notice.suggestions.length === 0)
    return (
      <Text size="sm" c="dimmed">
        No payment here fits. If its statement comes later, this is looked at again.
      </Text>
    );
  return (
    <Stack gap={6}>
      {record.error ? <Trouble problem={record.error} /> : null}
      {notice.suggestions.map((one) => (
        <Group key={one.paymentId} justify="space-between" gap="xs">
          <Stack gap={2} style={{ minWidth: 0 }}>
            <Group gap="xs">
              <TenantLink to={`payments/${one.paymentId}`}>{one.number}</TenantLink>
              <Text size="sm">
                {one.customer?.name ?? 'nobody known'} · {dayWords(one.receivedOn)}
              </Text>
              <Money value={one.amount} />
            </Group>
            <Group gap={4}>
              {one.signs.map((sign) => (
                <Badge key={sign} size="sm" color="gray">
                  {SIGN_WORDS[sign]}
                </Badge>
              ))}
              {Number(one.fee.amount) > 0 ? (
                <Text size="xs" c="dimmed">
                  and a fee of the bank of <Money value={one.fee} />
                </Text>
              ) : null}
              {one.isReturned ? <Badge size="sm">came back already</Badge> : null}
            </Group>
          </Stack>
          {may ? (
            <Button size="xs" loading={record.isPending} onClick={() => book(one)}>
              {one.isReturned ? `It is ${one.number}` : `${one.number} came back`}
            </Button>
          ) : null}
        </Group>
      ))}
      <Text size="xs" c="dimmed">
        Then: {NEXT_WORDS[notice.reason.next].toLowerCase()}.
      </Text>
    </Stack>
  );
}

function SetAsideDialog({ notice, onClose }: { readonly notice: Notice; onClose(): void }) {
  const command = useCommand(setAsideReturnNotice);
  const [note, setNote] = useState('');
  return (
    <FormDialog
      title="No return of ours"
      opened
      onClose={onClose}
      onSubmit={() =>
        command.mutate({ params: { noticeId: notice.noticeId }, body: { note } }, { onSuccess: onClose })
      }
      submitLabel="Set it aside"
      busy={command.isPending}
      problem={command.error}
    >
      <TextInput
        label="What it is"
        description="A line of a statement still has to be explained in the tie-out."
        placeholder="Our own transfer, taken back"
        required
        data-autofocus
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
