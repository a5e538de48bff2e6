// Opening a dispute on an invoice: of which instalments how much, and why.

import { Alert, Group, Select, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { listDisputeReasons, openDispute } from '#disputes/contract.ts';
import { useGo } from '../../lib/address.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { dayWords } from '../../lib/format.ts';
import { placeTrouble } from '../../lib/trouble.ts';
import { typedDecimal } from '../../lib/typed.ts';
import { DayField } from '../../ui/DayField.tsx';
import { FormDialog } from '../../ui/FormTools.tsx';
import { Money, type MoneyValue } from '../../ui/Money.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';

type Item = { readonly id: string; readonly dueOn: string; readonly open: MoneyValue };

type OpenDialogProps = {
  readonly title: string;
  readonly items: readonly Item[];
  onClose(): void;
};

export function OpenDialog({ title, items, onClose }: OpenDialogProps) {
  const open = useCommand(openDispute);
  const go = useGo();
  const reasons = useRead(listDisputeReasons, {});
  const [amounts, setAmounts] = useState<Readonly<Record<string, string>>>(
    Object.fromEntries(items.map((item) => [item.id, items.length === 1 ? item.open.amount : ''])),
  );
  const [reason, setReason] = useState<string | null>(null);
  const [note, setNote] = useState('');
  const [claimNumber, setClaimNumber] = useState('');
  const [openedOn, setOpenedOn] = useState('');
  const { at, rest } = placeTrouble(open.error, ['reason', 'note', 'openedOn', 'claimNumber'], {
    dispute_reason_unknown: 'reason',
    dispute_note_missing: 'note',
    dated_in_future: 'openedOn',
  });
  const known = open.error?.code === 'claim_known' ? (open.error.facts as Known) : undefined;
  const chosen = items.flatMap((item) => {
    const amount = typedDecimal(amounts[item.id] ?? '');
    return amount === undefined || Number(amount) === 0
      ? []
      : [{ itemId: item.id, amount: { amount, currency: item.open.currency } }];
  });
  const send = (acceptDuplicate: boolean): void =>
    open.mutate(
      {
        body: {
          items: chosen,
          ...(reason ? { reason } : {}),
          ...(note.trim() ? { note } : {}),
          ...(claimNumber.trim() ? { claimNumber } : {}),
          ...(openedOn ? { openedOn } : {}),
          ...(acceptDuplicate ? { acceptDuplicate } : {}),
        },
      },
      { onSuccess: (opened) => go(`disputes/${opened.disputeId}`) },
    );
  return (
    <FormDialog
      title={title}
      opened
      onClose={onClose}
      onSubmit={() => send(known !== undefined)}
      submitLabel={known ? 'It is another claim: open it' : 'Open the dispute'}
      busy={open.isPending}
      problem={known ? null : rest}
      size="lg"
    >
      {known ? (
        <Alert color="orange" title="The customer made this claim before">
          See <TenantLink to={`disputes/${known.disputeId}`}>{known.number}</TenantLink>.
        </Alert>
      ) : null}
      {items.map((item) => (
        <Group key={item.id} justify="space-between" wrap="nowrap" mt={4}>
          <Text size="sm">
            {items.length > 1 ? `Due ${dayWords(item.dueOn)}, open ` : 'Open '}
            <Money value={item.open} />
          </Text>
          <TextInput
            aria-label={
              items.length > 1 ? `Disputed of what is due ${dayWords(item.dueOn)}` : 'Disputed amount'
            }
            placeholder="nothing"
            inputMode="decimal"
            w={150}
            rightSection={<Text size="xs">{item.open.currency}</Text>}
            rightSectionWidth={44}
            value={amounts[item.id] ?? ''}
            onChange={(event) => {
              const { value } = event.currentTarget;
              setAmounts((before) => ({ ...before, [item.id]: value }));
            }}
          />
        </Group>
      ))}
      <Select
        label="Reason"
        required
        searchable
        data={(reasons.data?.reasons ?? [])
          .filter((one) => one.inUse)
          .map((one) => ({ value: one.code, label: one.name }))}
        value={reason}
        onChange={setReason}
        error={at('reason')}
      />
      <Textarea
        label="What the customer says"
        required={reason === 'other'}
        autosize
        minRows={2}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        error={at('note')}
      />
      <Group align="flex-start">
        <TextInput
          label="Claim number"
          description="As the customer calls it, if it has one"
          value={claimNumber}
          onChange={(event) => setClaimNumber(event.currentTarget.value)}
          error={at('claimNumber')}
        />
        <DayField
          label="Raised on"
          description="Left empty, today"
          value={openedOn}
          onChange={setOpenedOn}
          error={at('openedOn')}
        />
      </Group>
    </FormDialog>
  );
}

type Known = { readonly disputeId: string; readonly number: string };
