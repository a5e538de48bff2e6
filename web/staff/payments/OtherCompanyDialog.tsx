// Using what is left of a receipt for invoices of another company of ours: one company, one customer at a time. What is undone
// brings the money back.

import { Button, Checkbox, Group, Select, Table, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { add, subtract, zero } from '#kernel/money.ts';
import { handOverPayment, unapplyPayment } from '#payments/contract.ts';
import { listCustomerItems } from '#reporting/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { rowsOf, useCommand, usePages } from '../../lib/data.ts';
import { dayWords } from '../../lib/format.ts';
import { CustomerPicker } from '../../ui/CustomerPicker.tsx';
import { FormDialog } from '../../ui/FormTools.tsx';
import { Money } from '../../ui/Money.tsx';
import { Scroll } from '../../ui/Scroll.tsx';
import { ShowMore } from '../../ui/ShowMore.tsx';
import { smaller, toMoney, toValue, typedAmount } from './amounts.ts';
import type { Payment } from './PaymentPage.tsx';

export type HandedOver = Reply<typeof handOverPayment>;

type OtherCompanyProps = {
  readonly payment: Payment;
  onClose(): void;
  /** Where undoing is offered elsewhere; left out, the notice offers it. */
  onDone?(done: HandedOver): void;
};

export function OtherCompanyDialog({ payment, onClose, onDone }: OtherCompanyProps) {
  const currency = payment.amount.currency;
  const [companyId, setCompanyId] = useState(payment.otherCompanies[0]?.id ?? '');
  const [customerId, setCustomerId] = useState(payment.customer?.id ?? payment.match?.payer?.id);
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const [drops, setDrops] = useState(false);
  const command = useCommand(handOverPayment);
  const undo = useCommand(unapplyPayment);
  const pages = usePages(
    listCustomerItems,
    { params: { customerId: customerId ?? '' }, query: { companyId } },
    { enabled: customerId !== undefined && companyId !== '' },
  );
  // While the items of another company or customer are read, those of the one before are nobody's to choose.
  const isReading = pages.isPending || pages.isPlaceholderData;
  const items = (customerId === undefined || isReading ? [] : rowsOf(pages.data)).filter(
    (item) => item.openNow.currency === currency && toMoney(item.openNow).minor > 0n,
  );
  const parts = items.flatMap(({ id }) => {
    const amount = typedAmount(typed[id] ?? '', currency);
    return amount && amount.minor > 0n ? [{ itemId: id, amount }] : [];
  });
  const wrong = items.find(({ id }) => typedAmount(typed[id] ?? '', currency) === undefined);
  const given = parts.map((part) => part.amount).reduce(add, zero(currency));
  const rest = subtract(toMoney(payment.free), given);
  // What is missing is dropped only where all of the receipt is used.
  const isShort =
    rest.minor === 0n &&
    parts.some(({ itemId, amount }) =>
      items.some((item) => item.id === itemId && toMoney(item.openNow).minor > amount.minor),
    );
  const params = { paymentId: payment.paymentId };
  const isReady = parts.length > 0 && wrong === undefined && rest.minor >= 0n;
  const fill = (itemId: string, open: string): void =>
    setTyped((before) => {
      const isFilled = (before[itemId] ?? '') !== '';
      const most = smaller(toMoney({ amount: open, currency }), rest);
      return { ...before, [itemId]: isFilled || most.minor <= 0n ? '' : toValue(most).amount };
    });
  const told = (done: HandedOver): void => {
    const applicationIds = done.applications.map((one) => one.applicationId);
    notifications.show({
      autoClose: 10_000,
      message: (
        <Group justify="space-between">
          <span>
            {done.handedOver.amount} {done.handedOver.currency} used for {nameOf(payment, companyId)},{' '}
            {done.unapplied.amount} left here.
          </span>
          <Button
            size="compact-xs"
            variant="subtle"
            onClick={() => undo.mutate({ params, body: { applicationIds } })}
          >
            Undo
          </Button>
        </Group>
      ),
    });
  };
  const submit = (): void => {
    if (!isReady) return;
    const allocations = parts.map(({ itemId, amount }) => ({ itemId, amount: toValue(amount) }));
    command.mutate(
      { params, body: { companyId, allocations, takeDiscounts: true, takeTolerance: isShort && drops } },
      {
        onSuccess: (done) => {
          onClose();
          (onDone ?? told)(done);
        },
      },
    );
  };
  return (
    <FormDialog
      title="Use for another company"
      opened
      size="lg"
      onClose={onClose}
      onSubmit={submit}
      submitLabel="Use it there"
      busy={command.isPending}
      problem={command.error}
    >
      <Text size="sm">
        What is left of {payment.number} pays open items of another company. This company then owes that one
        as much. Taking it back undoes both.
      </Text>
      <Select
        label="Company"
        allowDeselect={false}
        data={payment.otherCompanies.map(({ id, name }) => ({ value: id, label: name }))}
        value={companyId}
        onChange={(id) => {
          setTyped({});
          setCompanyId(id ?? companyId);
        }}
      />
      <CustomerPicker
        label="Customer"
        value={customerId}
        onChange={(customer) => {
          setTyped({});
          setCustomerId(customer?.id);
        }}
      />
      {customerId === undefined ? null : items.length === 0 ? (
        <Text size="sm" c="dimmed" role="status">
          {isReading
            ? 'Looking …'
            : `Nothing is open there in ${currency} with ${nameOf(payment, companyId)}.`}
        </Text>
      ) : (
        <Scroll minWidth={0} maxHeight={320} label="Open items of the other company">
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Item</Table.Th>
                <Table.Th className="numeric hide-narrow">Open</Table.Th>
                <Table.Th className="numeric apply-column">Use</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {items.map((item) => (
                <Table.Tr key={item.id}>
                  <Table.Td>
                    <Button
                      variant="subtle"
                      size="compact-sm"
                      px={0}
                      aria-label={`Use it for all of ${item.reference}`}
                      onClick={() => fill(item.id, item.openNow.amount)}
                    >
                      {item.reference}
                    </Button>
                    <Text size="xs" c="dimmed">
                      <span className="only-narrow">
                        <Money value={item.openNow} bare /> open,{' '}
                      </span>
                      due {dayWords(item.dueOn)}
                    </Text>
                  </Table.Td>
                  <Table.Td className="numeric hide-narrow">
                    <Money value={item.openNow} bare />
                  </Table.Td>
                  <Table.Td className="numeric">
                    <TextInput
                      type="text"
                      aria-label={`Amount for ${item.reference}`}
                      inputMode="decimal"
                      size="xs"
                      value={typed[item.id] ?? ''}
                      error={wrong?.id === item.id ? 'not an amount' : undefined}
                      styles={{ input: { textAlign: 'end' } }}
                      onChange={(event) => {
                        const text = event.currentTarget.value;
                        setTyped((before) => ({ ...before, [item.id]: text }));
                      }}
                    />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Scroll>
      )}
      {isReading ? null : <ShowMore pages={pages} />}
      {isShort ? (
        <Checkbox
          label="Drop what is missing, as far as the rules of that company let it"
          checked={drops}
          onChange={(event) => setDrops(event.currentTarget.checked)}
        />
      ) : null}
      <Text size="sm" role="status">
        Using <Money value={toValue(given)} /> · left here after that{' '}
        <span className={rest.minor < 0n ? 'late' : ''}>
          <Money value={toValue(rest)} />
        </span>
      </Text>
    </FormDialog>
  );
}

function nameOf({ otherCompanies }: Payment, companyId: string): string {
  return otherCompanies.find(({ id }) => id === companyId)?.name ?? 'another company';
}
