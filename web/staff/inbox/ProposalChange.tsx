// What a person says in place of what was proposed: day, amount, documents, reason, address; then it is done as said.

import { Button, Group, MultiSelect, Select, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { listDisputeReasons } from '#disputes/contract.ts';
import { acceptProposal } from '#inbox/contract.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { amountText, dayWords } from '../../lib/format.ts';
import { typedDecimal } from '../../lib/typed.ts';
import { DayField } from '../../ui/DayField.tsx';
import { Trouble } from '../../ui/Page.tsx';
import { ACCEPT_WORDS } from './intent-words.ts';
import type { Proposal } from './ProposalCard.tsx';

type Field = 'on' | 'amount' | 'items' | 'reason' | 'address' | 'name';

/** What can be said otherwise, of each kind. */
const FIELDS: Readonly<Record<Proposal['intent'], readonly Field[]>> = {
  promise: ['on', 'amount', 'items'],
  dispute: ['reason', 'items'],
  paid_already: ['on', 'items'],
  remittance: [],
  copy_request: ['items'],
  contact_change: ['address', 'name'],
  insolvency: ['on'],
  stop: ['address'],
  away: ['on'],
};

/** Whether anything of a proposal can be changed. */
export const mayChange = ({ intent }: Proposal): boolean => FIELDS[intent].length > 0;

export function ProposalChange({ proposal, onClose }: { readonly proposal: Proposal; onClose(): void }) {
  const { proposalId, intent, items } = proposal;
  const [part] = proposal.parts;
  const accept = useCommand(acceptProposal);
  const reasons = useRead(listDisputeReasons, {}, { enabled: intent === 'dispute' });
  const [on, setOn] = useState(part?.on ?? '');
  const [amount, setAmount] = useState(part?.amount?.amount ?? '');
  const [itemIds, setItemIds] = useState<string[]>(items.map((item) => item.itemId));
  const [reason, setReason] = useState(proposal.reason);
  const [address, setAddress] = useState(proposal.address ?? '');
  const [name, setName] = useState('');
  const has = (field: Field): boolean => FIELDS[intent].includes(field);
  const currency = part?.amount?.currency ?? items[0]?.open.currency ?? 'EUR';
  const typed = typedDecimal(amount);
  const isWrong = amount.trim() !== '' && typed === undefined;
  const isOther = itemIds.length !== items.length;
  // Only what is said otherwise is sent, so that what is learnt is what was wrong.
  const body = {
    ...(has('on') && on !== '' && on !== part?.on ? { on } : {}),
    ...(has('amount') && typed !== undefined && typed !== part?.amount?.amount
      ? { amount: { amount: typed, currency } }
      : {}),
    ...(has('items') && isOther && itemIds.length > 0 ? { itemIds } : {}),
    ...(has('reason') && reason && reason !== proposal.reason ? { reason } : {}),
    ...(has('address') && address !== '' && address !== proposal.address ? { address } : {}),
    ...(has('name') && name !== '' ? { name } : {}),
  };
  return (
    <form
      aria-label="Change what is proposed"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isWrong) accept.mutate({ params: { proposalId }, body }, { onSuccess: onClose });
      }}
    >
      <Stack gap="xs">
        <Group align="flex-end">
          {has('on') ? (
            <DayField
              label={intent === 'promise' ? 'Paid by' : 'Rests until'}
              value={on}
              onChange={setOn}
              width={180}
            />
          ) : null}
          {has('amount') ? (
            <TextInput
              label={`Amount in ${currency}`}
              inputMode="decimal"
              placeholder="all that is open"
              value={amount}
              error={isWrong ? 'Write it like 1250.00' : undefined}
              onChange={(event) => setAmount(event.currentTarget.value)}
              w={180}
            />
          ) : null}
          {has('reason') ? (
            <Select
              label="Reason"
              placeholder="None is named"
              data={(reasons.data?.reasons ?? []).map((one) => ({ value: one.code, label: one.name }))}
              value={reason}
              onChange={setReason}
            />
          ) : null}
          {has('address') ? (
            <TextInput
              label="Mail address"
              type="email"
              placeholder={intent === 'stop' ? 'the sender' : undefined}
              value={address}
              onChange={(event) => setAddress(event.currentTarget.value)}
            />
          ) : null}
          {has('name') ? (
            <TextInput label="Name" value={name} onChange={(event) => setName(event.currentTarget.value)} />
          ) : null}
        </Group>
        {has('items') && items.length > 0 ? (
          <MultiSelect
            label="About"
            data={items.map((item) => ({
              value: item.itemId,
              label: `${item.reference} · ${dayWords(item.dueOn)} · ${amountText(item.open.amount, item.open.currency)} ${item.open.currency}`,
            }))}
            value={itemIds}
            onChange={setItemIds}
            error={itemIds.length === 0 ? 'Choose one at least' : undefined}
            searchable
          />
        ) : null}
        {accept.error ? <Trouble problem={accept.error} /> : null}
        <Group gap="xs">
          <Button
            type="submit"
            size="compact-sm"
            loading={accept.isPending}
            disabled={has('items') && items.length > 0 && itemIds.length === 0}
          >
            {ACCEPT_WORDS[intent]}
          </Button>
          <Button size="compact-sm" variant="default" onClick={onClose}>
            As it was
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
