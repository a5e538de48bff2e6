// Granting a refund: whose credit, how much of it, to which account, and why. Where the rules want others, they are asked.

import { Alert, Select, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconClock } from '@tabler/icons-react';
import { useState } from 'react';
import { getRefundable, grantRefund } from '#refunds/contract.ts';
import { useGo } from '../../lib/address.ts';
import type { Input, Reply } from '../../lib/api.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { dayWords } from '../../lib/format.ts';
import { placeTrouble } from '../../lib/trouble.ts';
import { typedDecimal } from '../../lib/typed.ts';
import { CustomerPicker } from '../../ui/CustomerPicker.tsx';
import { FormDialog } from '../../ui/FormTools.tsx';
import { Money, type MoneyValue } from '../../ui/Money.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { useApprovalPlan, useAsk, WillAsk } from '../approvals/WillAsk.tsx';
import { smaller, toMoney, toValue } from '../payments/amounts.ts';

type Credit = Reply<typeof getRefundable>['credits'][number];

type GrantDialogProps = {
  /** Whose; left out, it is chosen. */
  readonly customerId?: string;
  /** A payment it is about: its company and currency, and no more than is left of it. */
  readonly from?: { readonly companyId: string; readonly unapplied: MoneyValue };
  onClose(): void;
};

const keyOf = (credit: Credit): string => `${credit.company.id} ${credit.credit.currency}`;

export function GrantDialog({ customerId: given, from, onClose }: GrantDialogProps) {
  const go = useGo();
  const [picked, setPicked] = useState<string>();
  const customerId = given ?? picked ?? '';
  const read = useRead(getRefundable, { params: { customerId } }, { enabled: customerId !== '' });
  const credits = (customerId === '' ? [] : (read.data?.credits ?? [])).filter(
    (one) => !from || (one.company.id === from.companyId && one.credit.currency === from.unapplied.currency),
  );
  const [where, setWhere] = useState<string | null>(null);
  const credit = credits.find((one) => keyOf(one) === where) ?? credits[0];
  const free =
    credit && (from ? toValue(smaller(toMoney(credit.free), toMoney(from.unapplied))) : credit.free);
  const [typedText, setTypedText] = useState<string>();
  const amountText = typedText ?? free?.amount ?? '';
  const amount = typedDecimal(amountText);
  const [account, setAccount] = useState<string | null>(null);
  const to = credit?.accounts.find((one) => one.bankAccountId === account) ?? credit?.accounts[0];
  const [reason, setReason] = useState('');
  const input: Input<typeof grantRefund> = {
    body: {
      companyId: credit?.company.id ?? '',
      customerId,
      amount: { amount: amount ?? '0', currency: credit?.credit.currency ?? 'EUR' },
      bankAccountId: to?.bankAccountId ?? '',
      reason,
    },
  };
  const isReady = credit !== undefined && to !== undefined && amount !== undefined;
  const asked = { body: { ...input.body, reason: '–' } as NonNullable<typeof input.body> };
  const { plan, problem } = useApprovalPlan(grantRefund, asked, isReady);
  const grant = useCommand(grantRefund);
  const asking = useAsk(grantRefund);
  const isAsking = plan?.needed ?? false;
  const { at, rest } = placeTrouble(
    grant.error ?? asking.problem ?? problem,
    ['reason', 'amount', 'amount/'],
    {
      refund_exceeds_credit: 'amount',
      amount_not_positive: 'amount',
    },
  );
  const submit = (): void => {
    if (!isReady) return;
    if (isAsking)
      asking.ask(input, reason, {
        onSuccess: ({ approvalId }) => {
          notifications.show({ message: 'Others are asked.' });
          go(`approvals/${approvalId}`);
        },
      });
    else
      grant.mutate(input, {
        onSuccess: ({ payableFrom }) => {
          notifications.show({ message: `Granted; payable from ${dayWords(payableFrom)}.` });
          onClose();
        },
      });
  };
  return (
    <FormDialog
      title="Refund a customer"
      opened
      onClose={onClose}
      onSubmit={submit}
      submitLabel={isAsking ? 'Ask for it' : 'Grant it'}
      busy={grant.isPending || asking.busy}
      problem={rest}
      size="lg"
    >
      <Stack gap="sm">
        {given === undefined ? (
          <CustomerPicker
            label="Customer"
            required
            value={picked}
            onChange={(customer) => {
              setPicked(customer?.id);
              setTypedText(undefined);
            }}
          />
        ) : null}
        {customerId !== '' && read.data !== undefined && credit === undefined ? (
          <Alert color="blue" title="There is no credit to pay back">
            A refund is of credit that nothing was applied of: money on account, or a credit note. What is
            applied is taken back first.
          </Alert>
        ) : null}
        {credits.length > 1 ? (
          <Select
            label="Of which credit"
            allowDeselect={false}
            data={credits.map((one) => ({
              value: keyOf(one),
              label: `${one.company.name}: ${one.free.amount} ${one.free.currency}`,
            }))}
            value={credit ? keyOf(credit) : null}
            onChange={(value) => {
              setWhere(value);
              setTypedText(undefined);
            }}
          />
        ) : null}
        {credit && free ? (
          <>
            <TextInput
              label={`Amount (${credit.credit.currency})`}
              description={<CreditWords credit={credit} />}
              required
              inputMode="decimal"
              value={amountText}
              onChange={(event) => setTypedText(event.currentTarget.value)}
              error={
                amountText.trim() !== '' && amount === undefined
                  ? 'Write an amount such as 1234.50.'
                  : at('amount')
              }
            />
            <Account credit={credit} to={to} customerId={customerId} onChange={setAccount} />
            <TextInput
              label="Why"
              required
              maxLength={500}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
              error={at('reason')}
            />
            <WillAsk plan={plan} />
          </>
        ) : null}
      </Stack>
    </FormDialog>
  );
}

function CreditWords({ credit }: { readonly credit: Credit }) {
  const isGranted = !/^[0.]*$/.test(credit.granted.amount);
  return (
    <>
      <Money value={credit.credit} /> on account since {dayWords(credit.oldestOn)}
      {isGranted ? (
        <>
          , of which <Money value={credit.granted} /> are granted already
        </>
      ) : null}
      . The oldest is paid back first.
    </>
  );
}

/** To which account, and whether it has to wait. */
function Account({
  credit,
  to,
  customerId,
  onChange,
}: {
  readonly credit: Credit;
  readonly to: Credit['accounts'][number] | undefined;
  readonly customerId: string;
  onChange(id: string | null): void;
}) {
  if (to === undefined)
    return (
      <Alert color="orange" title="No bank account of this customer is known">
        Add it on{' '}
        <TenantLink to={`customers/${customerId}?tab=contacts`}>
          the customer’s contacts and details
        </TenantLink>
        . A new account waits some days before money goes to it.
      </Alert>
    );
  return (
    <>
      <Select
        label="To the account"
        allowDeselect={false}
        data={credit.accounts.map((one) => ({ value: one.bankAccountId, label: one.account }))}
        value={to.bankAccountId}
        onChange={onChange}
      />
      <Text size="sm" c="dimmed">
        <IconClock size={14} aria-hidden style={{ verticalAlign: '-2px' }} /> Payable from{' '}
        {dayWords(to.payableFrom)}.
      </Text>
    </>
  );
}
