// Recording money received by hand. It is applied on the page that follows.

import { Button, Grid, Group, Select, Stack, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { FormEvent } from 'react';
import { me } from '#identity/contract.ts';
import { PAYMENT_METHODS, recordPayment } from '#payments/contract.ts';
import { useAddress, useGo } from '../../lib/address.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { filled, useFields } from '../../lib/fields.ts';
import { useMay } from '../../lib/may.ts';
import { placeTrouble } from '../../lib/trouble.ts';
import { typedDecimal } from '../../lib/typed.ts';
import { heading } from '../../lib/words.ts';
import { CompanySelect, useCompanies } from '../../ui/CompanySelect.tsx';
import { CustomerPicker } from '../../ui/CustomerPicker.tsx';
import { CURRENCY_CHOICES } from '../../ui/choices.ts';
import { DayField } from '../../ui/DayField.tsx';
import { NotAllowed, Page, Panel, Trouble } from '../../ui/Page.tsx';

const FIELDS = [
  'companyId',
  'customerId',
  'receivedOn',
  'amount',
  'amount/currency',
  'reference',
  'payerName',
  'payerAccount',
  'externalId',
];
const CODES = {
  company_not_found: 'companyId',
  customer_not_found: 'customerId',
  received_in_future: 'receivedOn',
  period_locked: 'receivedOn',
  amount_not_positive: 'amount',
  exchange_rate_missing: 'amount/currency',
  external_id_taken: 'externalId',
};

const METHODS = PAYMENT_METHODS.map((method) => ({ value: method, label: heading(method) }));
type Method = (typeof PAYMENT_METHODS)[number];

export default function NewPaymentPage() {
  const mayRecord = useMay('payment.record');
  const isKnown = useRead(me).data !== undefined;
  if (isKnown && !mayRecord) return <NotAllowed title="Record a payment" />;
  return <NewPayment />;
}

function NewPayment() {
  const [search, setSearch] = useAddress();
  const go = useGo();
  const today = useRead(me).data?.today ?? '';
  const companies = useCompanies();
  const record = useCommand(recordPayment);
  const form = useFields({
    companyId: '',
    on: '',
    amount: '',
    currency: '',
    method: 'transfer',
    reference: '',
    payerName: '',
    payerAccount: '',
    externalId: '',
  });
  const { values, put } = form;
  const company = companies?.find((c) => c.id === values.companyId);
  const currency = values.currency || (company?.functionalCurrency ?? 'EUR');
  const amount = typedDecimal(values.amount);
  const unreadable = values.amount.trim() !== '' && amount === undefined;
  const { at, rest } = placeTrouble(record.error, FIELDS, CODES);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const payer = {
      ...(filled(values.payerName) ? { payerName: values.payerName } : {}),
      ...(filled(values.payerAccount) ? { payerAccount: values.payerAccount } : {}),
      ...(filled(values.externalId) ? { externalId: values.externalId } : {}),
    };
    record.mutate(
      {
        body: {
          companyId: values.companyId,
          ...(search.customer ? { customerId: search.customer } : {}),
          receivedOn: values.on || today,
          amount: { amount: amount ?? values.amount, currency },
          method: values.method as Method,
          reference: values.reference,
          ...payer,
        },
      },
      {
        onSuccess: (done) => {
          notifications.show({ message: `${done.number} is recorded.` });
          go(`payments/${done.paymentId}`);
        },
      },
    );
  };
  return (
    <Page
      title="Record a payment"
      subtitle="What the bank’s statement brings is recorded by itself. Money that goes back is a refund."
    >
      <form onSubmit={submit}>
        <Stack maw={760}>
          {rest ? <Trouble problem={rest} /> : null}
          <Panel>
            <Stack>
              <Grid>
                <Grid.Col span={{ base: 12, sm: 6 }}>
                  <CompanySelect
                    value={values.companyId}
                    onChange={(companyId) => put({ companyId })}
                    error={at('companyId')}
                  />
                </Grid.Col>
                <Grid.Col span={{ base: 12, sm: 6 }}>
                  <CustomerPicker
                    label="Customer"
                    description="Empty while nobody knows who paid"
                    value={search.customer}
                    onChange={(customer) => setSearch({ customer: customer?.id ?? '' })}
                    error={at('customerId')}
                  />
                </Grid.Col>
                <Grid.Col span={{ base: 12, sm: 6 }}>
                  <DayField
                    label="Value date"
                    required
                    value={values.on || today}
                    onChange={(on) => put({ on })}
                    error={at('receivedOn')}
                  />
                </Grid.Col>
                <Grid.Col span={{ base: 12, sm: 6 }}>
                  <Select
                    label="How"
                    data={METHODS}
                    value={values.method}
                    onChange={(method) => put({ method: method ?? 'transfer' })}
                    allowDeselect={false}
                  />
                </Grid.Col>
                <Grid.Col span={{ base: 7, sm: 6 }}>
                  <TextInput
                    label="Amount"
                    required
                    inputMode="decimal"
                    placeholder="100.00"
                    {...form.text('amount')}
                    error={unreadable ? 'Write an amount such as 1234.50.' : at('amount')}
                    styles={{ input: { textAlign: 'end' } }}
                  />
                </Grid.Col>
                <Grid.Col span={{ base: 5, sm: 6 }}>
                  <Select
                    label="Currency"
                    data={CURRENCY_CHOICES}
                    value={currency}
                    onChange={(code) => put({ currency: code ?? '' })}
                    searchable
                    allowDeselect={false}
                    error={at('amount/currency')}
                  />
                </Grid.Col>
                <Grid.Col span={12}>
                  <TextInput
                    label="Reference"
                    description="What the payer wrote, e.g. the numbers of the invoices"
                    maxLength={500}
                    {...form.text('reference')}
                    error={at('reference')}
                  />
                </Grid.Col>
                <Grid.Col span={{ base: 12, sm: 6 }}>
                  <TextInput label="Payer’s name" {...form.text('payerName')} error={at('payerName')} />
                </Grid.Col>
                <Grid.Col span={{ base: 12, sm: 6 }}>
                  <TextInput
                    label="Payer’s account"
                    {...form.text('payerAccount')}
                    error={at('payerAccount')}
                  />
                </Grid.Col>
                <Grid.Col span={12}>
                  <TextInput
                    label="Id in another system"
                    description="Two payments cannot have the same one, so nothing is recorded twice"
                    {...form.text('externalId')}
                    error={at('externalId')}
                  />
                </Grid.Col>
              </Grid>
            </Stack>
          </Panel>
          <Group justify="flex-end">
            <Button variant="default" onClick={() => go('payments')}>
              Cancel
            </Button>
            <Button type="submit" loading={record.isPending} disabled={unreadable}>
              Record it
            </Button>
          </Group>
        </Stack>
      </form>
    </Page>
  );
}
