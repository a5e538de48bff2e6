// The legal entities of the tenant: what stands on their letters and invoices.

import { Button, Group, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { openCompany } from '#ledger/contract.ts';
import { changeCompany, listCompanies } from '#parties/contract.ts';
import { rowsOf, useCommand, usePages } from '../../lib/data.ts';
import { filled, useFields } from '../../lib/fields.ts';
import { useMay } from '../../lib/may.ts';
import { placeTrouble } from '../../lib/trouble.ts';
import type { Company } from '../../ui/CompanySelect.tsx';
import { CURRENCY_CHOICES, languagesWith } from '../../ui/choices.ts';
import { Facts } from '../../ui/Facts.tsx';
import { FormDialog } from '../../ui/FormTools.tsx';
import { Empty, Panel, Shown } from '../../ui/Page.tsx';
import { ShowMore } from '../../ui/ShowMore.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { PayAccounts } from '../banking/PayAccounts.tsx';
import { HandoverSettings } from '../payments/HandoverSettings.tsx';
import { NumbersForCustomers } from '../receiving/NumbersDialog.tsx';

export function Companies() {
  const pages = usePages(listCompanies);
  const mayManage = useMay('company.manage');
  const [editing, setEditing] = useState<Company | 'new' | null>(null);
  const rows = rowsOf(pages.data);
  return (
    <Stack>
      <Group justify="space-between">
        <Text size="sm" c="dimmed">
          When and how customers are reminded is set by the <TenantLink to="policies">policies</TenantLink>.
        </Text>
        {mayManage ? (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => setEditing('new')}
          >
            Open a company
          </Button>
        ) : null}
      </Group>
      <Shown read={pages}>
        {() =>
          rows.length === 0 ? (
            <Panel>
              <Empty title="No company yet">
                A company is a legal entity with its own books. Open the first one to issue invoices.
              </Empty>
            </Panel>
          ) : (
            <SimpleGrid cols={{ base: 1, lg: 2 }}>
              {rows.map((company) => (
                <CompanyPanel
                  key={company.id}
                  company={company}
                  onChange={mayManage ? () => setEditing(company) : undefined}
                />
              ))}
            </SimpleGrid>
          )
        }
      </Shown>
      <ShowMore pages={pages} />
      <HandoverSettings />
      {editing === null ? null : (
        <CompanyDialog company={editing === 'new' ? undefined : editing} onClose={() => setEditing(null)} />
      )}
    </Stack>
  );
}

function CompanyPanel({
  company,
  onChange,
}: {
  readonly company: Company;
  readonly onChange: (() => void) | undefined;
}) {
  const facts = [
    ['Code', company.code],
    ['Books in', company.functionalCurrency],
    [
      'Address',
      [company.street, [company.postalCode, company.city].filter(Boolean).join(' '), company.country]
        .filter(Boolean)
        .join(', '),
    ],
    ['Tax id', company.taxId],
    ['Registration', company.registrationNo],
    ['E-mail', company.email],
    ['Phone', company.phone],
    ['Electronic address', company.networkAddress],
    ['Language, time zone', `${company.language}, ${company.timeZone}`],
  ] as const;
  return (
    <Panel
      title={company.name}
      actions={
        onChange === undefined ? null : (
          <Button size="xs" variant="default" aria-label={`Change ${company.name}`} onClick={onChange}>
            Change
          </Button>
        )
      }
    >
      <Facts facts={facts} />
      <PayAccounts company={company} />
      <NumbersForCustomers company={company} />
    </Panel>
  );
}

const REFERENCES: { value: NonNullable<Company['referenceScheme']>; label: string }[] = [
  { value: 'rf', label: 'Creditor reference (RF, ISO 11649)' },
  { value: 'ch_qrr', label: 'Swiss QR reference' },
  { value: 'be_ogm', label: 'Belgium (OGM-VCS)' },
  { value: 'hr', label: 'Croatia (HR01)' },
  { value: 'dk_fik', label: 'Denmark (FIK 71)' },
  { value: 'fi', label: 'Finland (viitenumero)' },
  { value: 'nl', label: 'Netherlands (betalingskenmerk)' },
  { value: 'no_kid', label: 'Norway (KID)' },
  { value: 'si', label: 'Slovenia (SI12)' },
  { value: 'se_ocr', label: 'Sweden (OCR)' },
];

const FIELDS = [
  'code',
  'name',
  'functionalCurrency',
  'country',
  'street',
  'postalCode',
  'city',
  'taxId',
  'registrationNo',
  'bankName',
  'iban',
  'bic',
  'accountNumber',
  'routingNumber',
  'email',
  'phone',
  'networkAddress',
  'language',
  'timeZone',
];
const CODES = {
  company_code_taken: 'code',
  company_code_not_valid: 'code',
  unknown_currency: 'functionalCurrency',
  country_not_valid: 'country',
  time_zone_not_valid: 'timeZone',
  iban_not_valid: 'iban',
  bic_not_valid: 'bic',
  email_not_valid: 'email',
  network_address_not_valid: 'networkAddress',
};

function CompanyDialog({ company, onClose }: { readonly company: Company | undefined; onClose(): void }) {
  const open = useCommand(openCompany);
  const change = useCommand(changeCompany);
  const form = useFields({
    code: company?.code ?? '',
    name: company?.name ?? '',
    functionalCurrency: company?.functionalCurrency ?? 'EUR',
    country: company?.country ?? '',
    street: company?.street ?? '',
    postalCode: company?.postalCode ?? '',
    city: company?.city ?? '',
    taxId: company?.taxId ?? '',
    registrationNo: company?.registrationNo ?? '',
    bankName: company?.bankName ?? '',
    iban: company?.iban ?? '',
    bic: company?.bic ?? '',
    accountNumber: company?.accountNumber ?? '',
    routingNumber: company?.routingNumber ?? '',
    email: company?.email ?? '',
    phone: company?.phone ?? '',
    networkAddress: company?.networkAddress ?? '',
    language: company?.language ?? 'en',
    timeZone: company?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
  });
  const [referenceScheme, setReferenceScheme] = useState(company?.referenceScheme ?? null);
  const command = company ? change : open;
  const { at, rest } = placeTrouble(command.error, FIELDS, CODES);
  const line = (field: Parameters<typeof form.text>[0], label: string) => (
    <TextInput label={label} {...form.text(field)} error={at(field)} />
  );
  const submit = (): void => {
    const { code, name, functionalCurrency, country, language, timeZone, ...details } = form.values;
    const given = {
      referenceScheme,
      name,
      language,
      timeZone,
      ...Object.fromEntries(Object.entries(details).map(([key, text]) => [key, filled(text) ?? null])),
    };
    const done = { onSuccess: onClose };
    if (company) change.mutate({ params: { companyId: company.id }, body: given }, done);
    else
      open.mutate(
        {
          body: {
            ...given,
            code: code.trim().toUpperCase(),
            functionalCurrency,
            country: country.trim().toUpperCase(),
          },
        },
        done,
      );
  };
  return (
    <FormDialog
      title={company ? `Change ${company.name}` : 'Open a company'}
      size="lg"
      opened
      onClose={onClose}
      onSubmit={submit}
      submitLabel={company ? 'Save' : 'Open its books'}
      busy={command.isPending}
      problem={rest}
    >
      <TextInput label="Name" required data-autofocus {...form.text('name')} error={at('name')} />
      {company ? null : (
        <Group grow align="flex-start">
          <TextInput label="Code" placeholder="MAIN" required {...form.text('code')} error={at('code')} />
          <Select
            label="Books in"
            data={CURRENCY_CHOICES}
            value={form.values.functionalCurrency}
            onChange={(code) => form.put({ functionalCurrency: code ?? 'EUR' })}
            searchable
            allowDeselect={false}
            error={at('functionalCurrency')}
          />
          <TextInput
            label="Country"
            placeholder="DE"
            required
            maxLength={2}
            {...form.text('country')}
            error={at('country')}
          />
        </Group>
      )}
      {line('street', 'Street and number')}
      <Group grow align="flex-start">
        {line('postalCode', 'Postal code')}
        {line('city', 'City')}
      </Group>
      <Group grow align="flex-start">
        {line('taxId', 'Tax id')}
        {line('registrationNo', 'Registration')}
      </Group>
      <Group grow align="flex-start">
        {line('iban', 'IBAN on invoices')}
        {line('bic', 'BIC')}
      </Group>
      <Group grow align="flex-start">
        {line('accountNumber', 'Account number')}
        {line('routingNumber', 'Bank code')}
      </Group>
      <Group grow align="flex-start">
        <Select
          label="Payment references"
          description="How payers are to quote new invoices"
          placeholder="The number of the invoice"
          data={REFERENCES}
          value={referenceScheme}
          onChange={(chosen) => setReferenceScheme(REFERENCES.find((r) => r.value === chosen)?.value ?? null)}
          clearable
        />
        <TextInput
          label="Electronic address"
          description="Ours on e-invoices: scheme and identifier"
          placeholder="9930:DE123456789"
          {...form.text('networkAddress')}
          error={at('networkAddress')}
        />
      </Group>
      <Group grow align="flex-start">
        {line('bankName', 'Bank')}
        {line('email', 'E-mail')}
      </Group>
      <Group grow align="flex-start">
        {line('phone', 'Phone')}
        <Select
          label="Language"
          data={languagesWith(form.values.language)}
          value={form.values.language}
          onChange={(language) => form.put({ language: language ?? 'en' })}
          allowDeselect={false}
        />
        {line('timeZone', 'Time zone')}
      </Group>
    </FormDialog>
  );
}
