// Putting something on hold: what, why, whose it is, until when.

import { SegmentedControl, Select, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { placeHold, readHoldOverview } from '#holds/contract.ts';
import { readCustomer } from '#parties/contract.ts';
import { listCustomerItems } from '#reporting/contract.ts';
import { rowsOf, useCommand, usePages, useRead } from '../../lib/data.ts';
import { filled } from '../../lib/fields.ts';
import { amountText } from '../../lib/format.ts';
import { CompanySelect } from '../../ui/CompanySelect.tsx';
import { CustomerPicker } from '../../ui/CustomerPicker.tsx';
import { DayField } from '../../ui/DayField.tsx';
import { FormDialog } from '../../ui/FormTools.tsx';

const REACHES = [
  { value: 'customer', label: 'A customer' },
  { value: 'item', label: 'An invoice' },
  { value: 'contact', label: 'A contact' },
] as const;
const WIDE = [
  { value: 'company', label: 'A company' },
  { value: 'tenant', label: 'Everything' },
] as const;

const EFFECTS: Readonly<Record<string, string>> = {
  customer:
    'No reminder goes to this customer until the hold ends. Then the latest step that is due is said, once.',
  item: 'This invoice is left out of reminders; what else the customer owes is still asked for.',
  contact: 'Nothing is sent to this contact; another of the customer is written to, if there is one.',
  company: 'This company reminds nobody until the hold ends.',
  tenant: 'Nobody is reminded of anything until the hold ends.',
};

type Reach = (typeof REACHES | typeof WIDE)[number]['value'];

type PlaceDialogProps = {
  /** Given, it is about this customer. */
  readonly customerId?: string | undefined;
  /** Given, it is about this item of the customer. */
  readonly itemId?: string | undefined;
  onClose(): void;
};

export function PlaceDialog({ customerId, itemId, onClose }: PlaceDialogProps) {
  const place = useCommand(placeHold);
  const overview = useRead(readHoldOverview).data;
  const [reach, setReach] = useState<Reach>(itemId === undefined ? 'customer' : 'item');
  const [chosen, setChosen] = useState({ customer: customerId, item: itemId, contact: '', company: '' });
  const [reason, setReason] = useState<string | null>(null);
  const [owner, setOwner] = useState<string | null>(null);
  const [note, setNote] = useState('');
  const [until, setUntil] = useState('');
  const submit = (): void => {
    const words = filled(note);
    place.mutate(
      {
        body: {
          ...targetOf(reach, chosen),
          reason: reason ?? '',
          until,
          ...(words ? { note: words } : {}),
          ...(owner ? { ownerId: owner } : {}),
        },
      },
      { onSuccess: onClose },
    );
  };
  const isWide = customerId === undefined && overview?.may.placeWide === true;
  return (
    <FormDialog
      title="Stop chasing for a while"
      opened
      onClose={onClose}
      onSubmit={submit}
      submitLabel="Put on hold"
      busy={place.isPending}
      problem={place.error}
    >
      <SegmentedControl
        aria-label="What is put on hold"
        fullWidth
        orientation={isWide ? 'vertical' : 'horizontal'}
        data={[...REACHES, ...(isWide ? WIDE : [])]}
        value={reach}
        onChange={(value) => setReach(value as Reach)}
      />
      <Text size="sm">{EFFECTS[reach]}</Text>
      <Target reach={reach} chosen={chosen} fixed={customerId !== undefined} onChosen={setChosen} />
      <Select
        label="Why"
        required
        searchable
        data={(overview?.allReasons ?? [])
          .filter(({ inUse }) => inUse)
          .map(({ code, name }) => ({ value: code, label: name }))}
        value={reason}
        onChange={setReason}
      />
      <Textarea
        label="Note"
        autosize
        minRows={2}
        required={reason === 'other'}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <DayField
        label="Until"
        description="The last day. Its owner is told three days before."
        required
        value={until}
        onChange={setUntil}
      />
      <Select
        label="Whose it is to look after"
        placeholder="mine"
        clearable
        data={(overview?.people ?? []).map(({ userId, name }) => ({ value: userId, label: name }))}
        value={owner}
        onChange={setOwner}
      />
    </FormDialog>
  );
}

type Chosen = {
  readonly customer: string | undefined;
  readonly item: string | undefined;
  readonly contact: string;
  readonly company: string;
};

function targetOf(reach: Reach, chosen: Chosen) {
  if (reach === 'tenant') return { everything: true };
  if (reach === 'company') return { companyId: chosen.company };
  const customerId = chosen.customer ?? '';
  if (reach === 'item') return { customerId, itemId: chosen.item ?? '' };
  if (reach === 'contact') return { customerId, contactId: chosen.contact };
  return { customerId };
}

function Target({
  reach,
  chosen,
  fixed,
  onChosen,
}: {
  readonly reach: Reach;
  readonly chosen: Chosen;
  readonly fixed: boolean;
  onChosen(chosen: Chosen): void;
}) {
  if (reach === 'tenant') return null;
  if (reach === 'company')
    return (
      <CompanySelect
        value={chosen.company}
        onChange={(company) => onChosen({ ...chosen, company: company ?? '' })}
      />
    );
  return (
    <Stack gap="sm">
      {fixed ? null : (
        <CustomerPicker
          label="Customer"
          required
          value={chosen.customer}
          onChange={(customer) =>
            onChosen({ ...chosen, customer: customer?.id, item: undefined, contact: '' })
          }
        />
      )}
      {reach === 'item' && chosen.customer ? (
        <ItemSelect
          customerId={chosen.customer}
          value={chosen.item ?? null}
          onChange={(item) => onChosen({ ...chosen, item: item ?? undefined })}
        />
      ) : null}
      {reach === 'contact' && chosen.customer ? (
        <ContactSelect
          customerId={chosen.customer}
          value={chosen.contact}
          onChange={(contact) => onChosen({ ...chosen, contact: contact ?? '' })}
        />
      ) : null}
    </Stack>
  );
}

type PickProps = {
  readonly customerId: string;
  readonly value: string | null;
  onChange(id: string | null): void;
};

function ItemSelect({ customerId, value, onChange }: PickProps) {
  const items = rowsOf(usePages(listCustomerItems, { params: { customerId } }).data).filter(
    (item) => Number(item.open.amount) > 0,
  );
  return (
    <Select
      label="Invoice"
      required
      searchable
      data={items.map((item) => ({
        value: item.id,
        label: `${item.reference} · ${amountText(item.open.amount, item.open.currency)} ${item.open.currency}`,
      }))}
      value={value}
      onChange={onChange}
    />
  );
}

function ContactSelect({ customerId, value, onChange }: PickProps) {
  const contacts = useRead(readCustomer, { params: { customerId } }).data?.contacts ?? [];
  return (
    <Select
      label="Contact"
      required
      data={contacts.map(({ id, name, email }) => ({
        value: id,
        label: email ? `${name} · ${email}` : name,
      }))}
      value={value || null}
      onChange={onChange}
    />
  );
}
