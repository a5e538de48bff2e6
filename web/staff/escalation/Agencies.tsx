// Agencies and law firms: who they are, and what they take.

import { ActionIcon, Button, Group, Select, Stack, Switch, Table, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { listAgencies, putAgency } from '#escalation/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { filled, useFields } from '../../lib/fields.ts';
import { amountText } from '../../lib/format.ts';
import { typedDecimal } from '../../lib/typed.ts';
import { FormDialog } from '../../ui/FormTools.tsx';
import { Empty, Panel, Shown } from '../../ui/Page.tsx';
import { Scroll } from '../../ui/Scroll.tsx';

type Agency = Reply<typeof listAgencies>['rows'][number];

/** `15 % up to 90 days late, then 25 %`. */
function feeWords({ fees }: Agency): string {
  const { currency } = fees;
  const amount = (text: string): string => amountText(text, currency ?? '');
  const shares = fees.shares.map(({ upToDaysLate, upToAmount, percent }) => {
    const limits = [
      ...(upToDaysLate === null ? [] : [`${upToDaysLate} days late`]),
      ...(upToAmount ? [amount(upToAmount)] : []),
    ];
    return limits.length === 0 ? `${percent} %` : `${percent} % up to ${limits.join(' and ')}`;
  });
  const more = [
    ...(fees.least ? [`at least ${amount(fees.least)} a payment`] : []),
    ...(fees.fixed ? [`${amount(fees.fixed)} an invoice`] : []),
    ...(fees.taxPercent === '0' ? [] : [`${fees.taxPercent} % tax`]),
  ];
  const who = fees.bearer === 'debtor' ? '; the debtor bears it' : '';
  return `${[shares.join(', then '), ...more].join(' + ')}${who}`;
}

export function Agencies() {
  const read = useRead(listAgencies);
  const [changing, setChanging] = useState<Agency | 'new' | null>(null);
  return (
    <Shown read={read}>
      {({ rows, may }) => (
        <Stack>
          {may.put === true ? (
            <Group>
              <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setChanging('new')}>
                Add an agency
              </Button>
            </Group>
          ) : null}
          <Panel>
            {rows.length === 0 ? (
              <Empty title="No agencies yet">
                Who collects for us, what they take, and our number there.
              </Empty>
            ) : (
              <Scroll minWidth={560} label="Agencies">
                <Table>
                  <Table.Thead>
                    <Table.Tr>
                      <Table.Th>Name</Table.Th>
                      <Table.Th>Takes</Table.Th>
                      <Table.Th>Pays on</Table.Th>
                      <Table.Th>Our number</Table.Th>
                      <Table.Th aria-label="What to do" />
                    </Table.Tr>
                  </Table.Thead>
                  <Table.Tbody>
                    {rows.map((agency) => (
                      <Table.Tr key={agency.agencyId}>
                        <Table.Td>
                          {agency.name}
                          {agency.inUse ? '' : ' (not in use)'}
                        </Table.Td>
                        <Table.Td>{feeWords(agency)}</Table.Td>
                        <Table.Td>{agency.remits === 'net' ? 'what is left' : 'all of it'}</Table.Td>
                        <Table.Td>{agency.clientNumber ?? '–'}</Table.Td>
                        <Table.Td>
                          {may.put === true ? (
                            <Button
                              size="compact-sm"
                              variant="default"
                              aria-label={`Change ${agency.name}`}
                              onClick={() => setChanging(agency)}
                            >
                              Change
                            </Button>
                          ) : null}
                        </Table.Td>
                      </Table.Tr>
                    ))}
                  </Table.Tbody>
                </Table>
              </Scroll>
            )}
          </Panel>
          {changing ? (
            <AgencyDialog
              agency={changing === 'new' ? undefined : changing}
              onClose={() => setChanging(null)}
            />
          ) : null}
        </Stack>
      )}
    </Shown>
  );
}

/** A share of what is no later than so many days, as it is typed. */
type Age = { readonly days: string; readonly amount: string; readonly percent: string };

/** All shares of an agency but the last, which has no limit. */
function agesOf(agency: Agency | undefined): readonly Age[] {
  return (agency?.fees.shares.slice(0, -1) ?? []).map(({ upToDaysLate, upToAmount, percent }) => ({
    days: String(upToDaysLate ?? ''),
    amount: upToAmount ?? '',
    percent,
  }));
}

function Ages({ ages, onChange }: { readonly ages: readonly Age[]; onChange(ages: readonly Age[]): void }) {
  const put = (index: number, age: Partial<Age>): void =>
    onChange(ages.map((one, at) => (at === index ? { ...one, ...age } : one)));
  return (
    <Stack gap="xs">
      {ages.map((age, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: ages are typed in place and have no other name.
        <Group key={index} grow align="flex-end" preventGrowOverflow={false} wrap="nowrap">
          <TextInput
            label="Up to days late"
            inputMode="numeric"
            value={age.days}
            onChange={(event) => put(index, { days: event.currentTarget.value })}
          />
          <TextInput
            label="Up to amount"
            inputMode="decimal"
            value={age.amount}
            onChange={(event) => put(index, { amount: event.currentTarget.value })}
          />
          <TextInput
            label="Per cent"
            required
            inputMode="decimal"
            value={age.percent}
            onChange={(event) => put(index, { percent: event.currentTarget.value })}
          />
          <ActionIcon
            size="input-sm"
            variant="default"
            style={{ flexGrow: 0 }}
            aria-label={`Leave out share ${index + 1}`}
            onClick={() => onChange(ages.filter((_, at) => at !== index))}
          >
            <IconX size={16} aria-hidden />
          </ActionIcon>
        </Group>
      ))}
      <Group>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => onChange([...ages, { days: '', amount: '', percent: '' }])}
        >
          {ages.length === 0 ? 'A share by age or size' : 'Another share'}
        </Button>
      </Group>
    </Stack>
  );
}

/** A number as it is typed. What is no number is sent as it is, so that it is refused and not left out. */
function numberOf(typed: string): string {
  return typedDecimal(typed) ?? typed;
}

type AgencyDialogProps = { readonly agency: Agency | undefined; onClose(): void };

function AgencyDialog({ agency, onClose }: AgencyDialogProps) {
  const put = useCommand(putAgency);
  const { values, text } = useFields({
    name: agency?.name ?? '',
    email: agency?.email ?? '',
    number: agency?.clientNumber ?? '',
    old: agency?.fees.shares.at(-1)?.percent ?? '',
    tax: agency?.fees.taxPercent ?? '0',
    currency: agency?.fees.currency ?? '',
    least: agency?.fees.least ?? '',
    fixed: agency?.fees.fixed ?? '',
  });
  const [bearer, setBearer] = useState<'us' | 'debtor'>(agency?.fees.bearer ?? 'us');
  const [ages, setAges] = useState<readonly Age[]>(agesOf(agency));
  const [kind, setKind] = useState<Agency['kind']>(agency?.kind ?? 'agency');
  const [remits, setRemits] = useState<Agency['remits']>(agency?.remits ?? 'net');
  const [inUse, setInUse] = useState(agency?.inUse ?? true);
  const submit = (): void => {
    const [email, clientNumber] = [filled(values.email), filled(values.number)];
    const [currency, least, fixed] = [filled(values.currency), filled(values.least), filled(values.fixed)];
    put.mutate(
      {
        body: {
          ...(agency ? { agencyId: agency.agencyId } : {}),
          kind,
          name: values.name,
          ...(email ? { email } : {}),
          ...(clientNumber ? { clientNumber } : {}),
          fees: {
            shares: [
              ...ages.map(({ days, amount, percent }) => ({
                upToDaysLate: days === '' ? null : Number(days),
                ...(amount === '' ? {} : { upToAmount: numberOf(amount) }),
                percent: numberOf(percent),
              })),
              { upToDaysLate: null, percent: numberOf(values.old) },
            ],
            taxPercent: numberOf(values.tax),
            ...(currency ? { currency: currency.toUpperCase() } : {}),
            ...(least ? { least: numberOf(least) } : {}),
            ...(fixed ? { fixed: numberOf(fixed) } : {}),
            bearer,
          },
          remits,
          inUse,
        },
      },
      { onSuccess: onClose },
    );
  };
  return (
    <FormDialog
      title={agency ? `Change ${agency.name}` : 'Add an agency'}
      opened
      onClose={onClose}
      onSubmit={submit}
      submitLabel="Keep it"
      size="lg"
      busy={put.isPending}
      problem={put.error}
    >
      <Select
        label="Is"
        allowDeselect={false}
        data={[
          { value: 'agency', label: 'an agency' },
          { value: 'lawyer', label: 'a law firm' },
        ]}
        value={kind}
        onChange={(value) => setKind((value ?? 'agency') as Agency['kind'])}
      />
      <TextInput label="Name" required data-autofocus {...text('name')} />
      <Group grow align="flex-end">
        <TextInput label="Mail address" type="email" {...text('email')} />
        <TextInput label="Our number there" {...text('number')} />
      </Group>
      <Ages ages={ages} onChange={setAges} />
      <Group grow align="flex-end">
        <TextInput
          label={ages.length === 0 ? 'Their share, per cent' : 'Otherwise, per cent'}
          required
          inputMode="decimal"
          {...text('old')}
        />
        <TextInput label="Tax on it, per cent" required inputMode="decimal" {...text('tax')} />
      </Group>
      <Group grow align="flex-end">
        <TextInput label="Least per payment" inputMode="decimal" {...text('least')} />
        <TextInput label="Fixed per invoice" inputMode="decimal" {...text('fixed')} />
        <TextInput
          label="Currency"
          placeholder="EUR"
          required={[values.least, values.fixed, ...ages.map((age) => age.amount)].some((one) => one !== '')}
          maxLength={3}
          {...text('currency')}
        />
      </Group>
      <Select
        label="Who bears the fee"
        allowDeselect={false}
        data={[
          { value: 'us', label: 'we: it is taken of what comes in' },
          { value: 'debtor', label: 'the debtor: it is collected on top' },
        ]}
        value={bearer}
        onChange={(value) => setBearer((value ?? 'us') as 'us' | 'debtor')}
      />
      <Select
        label="They pay on"
        allowDeselect={false}
        data={[
          { value: 'net', label: 'what is left after their fee' },
          { value: 'gross', label: 'all of it, and ask for the fee' },
        ]}
        value={remits}
        onChange={(value) => setRemits((value ?? 'net') as Agency['remits'])}
      />
      <Switch label="In use" checked={inUse} onChange={(event) => setInUse(event.currentTarget.checked)} />
    </FormDialog>
  );
}
