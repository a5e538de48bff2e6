// What a customer is: number, name, terms, language, and whose subsidiary. Changed here, archived and restored here.

import { Button, Group, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { archiveCustomer, changeCustomer, restoreCustomer } from '#parties/contract.ts';
import { listPaymentTerms } from '#terms/contract.ts';
import { rowsOf, useCommand, usePages } from '../../lib/data.ts';
import { filled, useFields } from '../../lib/fields.ts';
import { momentWords } from '../../lib/format.ts';
import { placeTrouble } from '../../lib/trouble.ts';
import { CustomerPicker } from '../../ui/CustomerPicker.tsx';
import { languagesWith, timeZonesWith } from '../../ui/choices.ts';
import { FactRow, Facts } from '../../ui/Facts.tsx';
import { ConfirmButton, FormDialog } from '../../ui/FormTools.tsx';
import { Panel } from '../../ui/Page.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { useTerms } from '../terms/use-terms.ts';
import type { Customer } from './Contacts.tsx';
import { CustomerRisk } from './CustomerRisk.tsx';
import { CustomerTags } from './CustomerTags.tsx';

export function CustomerDetails({ customer }: { readonly customer: Customer }) {
  const [changing, setChanging] = useState(false);
  const terms = useTerms(customer.paymentTermsId);
  const facts = [
    ['Number', customer.number],
    ['Tax id', customer.taxId],
    ['Country', customer.country],
    ['Payment terms', terms ? `${terms.name}: ${terms.words}` : null],
    ['Language', customer.language],
    ['Time zone', customer.timeZone],
    ['Added', momentWords(customer.addedAt)],
    ['Archived', customer.archivedAt === null ? null : momentWords(customer.archivedAt)],
  ] as const;
  return (
    <Panel
      title="Details"
      actions={
        <Group gap="xs">
          {customer.may.change === true ? (
            <Button size="xs" variant="default" onClick={() => setChanging(true)}>
              Change
            </Button>
          ) : null}
          <ArchiveButton customer={customer} />
        </Group>
      }
    >
      <Facts facts={facts}>
        <FactRow name="Tags">
          <CustomerTags customerId={customer.id} />
        </FactRow>
        <FactRow name="Risk class">
          <CustomerRisk customerId={customer.id} />
        </FactRow>
        {customer.children.length === 0 ? null : (
          <FactRow name="Below it">
            {customer.children.map((child) => (
              <div key={child.id}>
                <TenantLink to={`customers/${child.id}`}>{child.name}</TenantLink>
              </div>
            ))}
          </FactRow>
        )}
      </Facts>
      {changing ? <ChangeDialog customer={customer} onClose={() => setChanging(false)} /> : null}
    </Panel>
  );
}

function ArchiveButton({ customer }: { readonly customer: Customer }) {
  const archive = useCommand(archiveCustomer);
  const restore = useCommand(restoreCustomer);
  const input = { params: { customerId: customer.id } };
  if (customer.may.restore === true) {
    return (
      <Button size="xs" variant="default" loading={restore.isPending} onClick={() => restore.mutate(input)}>
        Restore
      </Button>
    );
  }
  if (customer.may.archive !== true) return null;
  return (
    <ConfirmButton
      size="xs"
      label="Archive"
      title={`Archive ${customer.name}?`}
      says="No new invoices, and it is left out of suggestions. What it owes stays owed. It can be restored."
      confirmLabel="Archive"
      act={() => archive.mutateAsync(input)}
    />
  );
}

const FIELDS = ['number', 'name', 'taxId', 'country', 'language', 'timeZone', 'paymentTermsId', 'parentId'];
const CODES = {
  customer_number_taken: 'number',
  country_not_valid: 'country',
  language_not_valid: 'language',
  time_zone_not_valid: 'timeZone',
  payment_terms_not_found: 'paymentTermsId',
  parent_not_found: 'parentId',
  own_parent: 'parentId',
  parent_is_child: 'parentId',
  hierarchy_too_deep: 'parentId',
};

function ChangeDialog({ customer, onClose }: { readonly customer: Customer; onClose(): void }) {
  const change = useCommand(changeCustomer);
  const terms = usePages(listPaymentTerms, { query: { limit: 200 } });
  const form = useFields({
    number: customer.number,
    name: customer.name,
    taxId: customer.taxId ?? '',
    country: customer.country ?? '',
    language: customer.language,
    timeZone: customer.timeZone,
    paymentTermsId: customer.paymentTermsId ?? '',
    parentId: customer.parent?.id ?? '',
  });
  const { at, rest } = placeTrouble(change.error, FIELDS, CODES);
  const submit = (): void => {
    const { taxId, country, paymentTermsId, parentId, ...texts } = form.values;
    change.mutate(
      {
        params: { customerId: customer.id },
        body: {
          ...texts,
          taxId: filled(taxId) ?? null,
          country: filled(country)?.toUpperCase() ?? null,
          paymentTermsId: filled(paymentTermsId) ?? null,
          parentId: filled(parentId) ?? null,
        },
      },
      { onSuccess: onClose },
    );
  };
  return (
    <FormDialog
      title={`Change ${customer.name}`}
      opened
      onClose={onClose}
      onSubmit={submit}
      submitLabel="Save"
      busy={change.isPending}
      problem={rest}
    >
      <Group grow align="flex-start">
        <TextInput label="Number" required data-autofocus {...form.text('number')} error={at('number')} />
        <TextInput label="Tax id" {...form.text('taxId')} error={at('taxId')} />
      </Group>
      <TextInput label="Name" required {...form.text('name')} error={at('name')} />
      <Select
        label="Payment terms"
        placeholder="The company’s default"
        data={rowsOf(terms.data).map((t) => ({ value: t.id, label: t.name }))}
        value={form.values.paymentTermsId === '' ? null : form.values.paymentTermsId}
        onChange={(id) => form.put({ paymentTermsId: id ?? '' })}
        clearable
        error={at('paymentTermsId')}
      />
      <CustomerPicker
        label="Belongs to"
        value={form.values.parentId === '' ? undefined : form.values.parentId}
        onChange={(parent) => form.put({ parentId: parent?.id ?? '' })}
        error={at('parentId')}
      />
      <Group grow align="flex-start">
        <TextInput
          label="Country"
          placeholder="DE"
          maxLength={2}
          {...form.text('country')}
          error={at('country')}
        />
        <Select
          label="Language"
          data={languagesWith(form.values.language)}
          value={form.values.language}
          onChange={(language) => form.put({ language: language ?? 'en' })}
          allowDeselect={false}
          error={at('language')}
        />
      </Group>
      <Select
        label="Time zone"
        description="Reminders and calls keep the hours there. With UTC nobody has stated one: an hour must be open in all time zones of the country."
        data={timeZonesWith(form.values.timeZone)}
        value={form.values.timeZone}
        onChange={(timeZone) => form.put({ timeZone: timeZone ?? 'UTC' })}
        searchable
        allowDeselect={false}
        error={at('timeZone')}
      />
    </FormDialog>
  );
}
