// How a customer is reached: which way first, to whom, with what attached; and each way as it would be gone now.

import {
  Alert,
  MultiSelect,
  Select,
  SimpleGrid,
  Stack,
  Switch,
  Table,
  TagsInput,
  Text,
  TextInput,
} from '@mantine/core';
import { useState } from 'react';
import { changeDeliveryPreference, readDeliveryPreference } from '#delivery/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { filled, useFields } from '../../lib/fields.ts';
import { dayWords } from '../../lib/format.ts';
import { placeTrouble } from '../../lib/trouble.ts';
import { DayField } from '../../ui/DayField.tsx';
import { SaveRow } from '../../ui/FormTools.tsx';
import { Panel, Shown, Trouble } from '../../ui/Page.tsx';
import { CustomerLanguage } from '../printing/CustomerLanguage.tsx';
import { CHANNEL_CHOICES, CHANNEL_WORDS } from './channel-words.ts';

type Preference = Reply<typeof readDeliveryPreference>;

export function CustomerDelivery({ customerId }: { readonly customerId: string }) {
  const read = useRead(readDeliveryPreference, { params: { customerId } });
  return (
    <Shown read={read}>
      {(preference) => (
        <SimpleGrid cols={{ base: 1, md: 2 }} style={{ alignItems: 'start' }}>
          <Wishes key={JSON.stringify(preference)} customerId={customerId} preference={preference} />
          <Stack>
            <Ways preference={preference} />
            <Panel title="How documents are printed">
              <CustomerLanguage
                customerId={customerId}
                description="Beside the customer’s own; saved at once"
              />
            </Panel>
          </Stack>
        </SimpleGrid>
      )}
    </Shown>
  );
}

function Ways({ preference }: { readonly preference: Preference }) {
  return (
    <Panel title="How an invoice would go now">
      {preference.byPortal ? (
        <Alert color="blue" title={`Posted in ${preference.byPortal.portal} instead`} mb="sm">
          Invoices and credit notes issued from {dayWords(preference.byPortal.from)} on are not sent by
          themselves. What you send yourself goes one of these ways.
        </Alert>
      ) : null}
      {preference.ways.length === 0 ? (
        <Alert color="orange" title="This customer cannot be reached">
          Add a contact with an e-mail address, or a billing address, under Contacts and details. An address
          that is stopped does not count.
        </Alert>
      ) : (
        <Table>
          <Table.Tbody>
            {preference.ways.map((way, index) => (
              <Table.Tr key={way.channel}>
                <Table.Td>{index === 0 ? 'First' : 'Else'}</Table.Td>
                <Table.Td>by {CHANNEL_WORDS[way.channel]}</Table.Td>
                <Table.Td style={{ wordBreak: 'break-word' }}>
                  {way.recipient}
                  {way.name ? (
                    <Text size="xs" c="dimmed">
                      {way.name}
                    </Text>
                  ) : null}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Panel>
  );
}

/** The e-invoices that can be wanted, in the words of those who ask for them. */
const E_INVOICES: { value: NonNullable<Preference['eInvoice']>; label: string }[] = [
  { value: 'peppol', label: 'Peppol BIS Billing 3 (UBL)' },
  { value: 'xrechnung_ubl', label: 'XRechnung (UBL)' },
  { value: 'xrechnung_cii', label: 'XRechnung (CII)' },
  { value: 'factur_x', label: 'Factur-X, ZUGFeRD (inside the PDF)' },
  { value: 'en16931_ubl', label: 'EN 16931 (UBL)' },
  { value: 'en16931_cii', label: 'EN 16931 (CII)' },
];

const PLACES = ['emailTo', 'smsNumber', 'networkAddress', 'buyerReference', 'purchaseOrder'];
const CODES = { network_address_not_valid: 'networkAddress', leitweg_id_not_valid: 'buyerReference' };

type EInvoiceFieldsProps = {
  readonly eInvoice: Preference['eInvoice'];
  onEInvoice(wanted: Preference['eInvoice']): void;
  readonly form: { text(name: 'networkAddress' | 'buyerReference' | 'purchaseOrder'): object };
  at(field: string): string | undefined;
};

/** What the customer wants its invoices to be as data; they are then checked before they are issued. */
function EInvoiceFields({ eInvoice, onEInvoice, form, at }: EInvoiceFieldsProps) {
  return (
    <>
      <Select
        label="E-invoice"
        description="An invoice that breaks its rules is not issued; what to mend is said beside the fields."
        placeholder="none wanted"
        data={E_INVOICES}
        value={eInvoice}
        onChange={(chosen) => onEInvoice(E_INVOICES.find(({ value }) => value === chosen)?.value ?? null)}
        clearable
      />
      <TextInput
        label="Electronic address"
        description="Scheme and identifier"
        placeholder="0088:7300010000001"
        maxLength={150}
        {...form.text('networkAddress')}
        error={at('networkAddress')}
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput
          label="Buyer reference (Leitweg-ID)"
          description="On invoices that name none"
          maxLength={100}
          {...form.text('buyerReference')}
          error={at('buyerReference')}
        />
        <TextInput
          label="Purchase order"
          description="On invoices that name none"
          maxLength={100}
          {...form.text('purchaseOrder')}
          error={at('purchaseOrder')}
        />
      </SimpleGrid>
    </>
  );
}

type Channels = NonNullable<Preference['channels']>;
type Attaches = NonNullable<Preference['attaches']>;

function Wishes({
  customerId,
  preference,
}: {
  readonly customerId: string;
  readonly preference: Preference;
}) {
  const change = useCommand(changeDeliveryPreference);
  const [channels, setChannels] = useState<string[]>(preference.channels ?? []);
  const [attaches, setAttaches] = useState<string[]>(preference.attaches ?? []);
  const [copies, setCopies] = useState<string[]>(preference.copies);
  const [fallsBack, setFallsBack] = useState(preference.fallsBack);
  const [eInvoice, setEInvoice] = useState(preference.eInvoice);
  const [consentOn, setConsentOn] = useState(preference.consentOn ?? '');
  const form = useFields({
    emailTo: preference.emailTo ?? '',
    smsNumber: preference.smsNumber ?? '',
    networkAddress: preference.networkAddress ?? '',
    buyerReference: preference.buyerReference ?? '',
    purchaseOrder: preference.purchaseOrder ?? '',
    consentNote: preference.consentNote ?? '',
  });
  const { at, rest } = placeTrouble(change.error, PLACES, CODES);
  const mayChange = preference.may.change === true;
  const submit = (): void =>
    change.mutate({
      params: { customerId },
      body: {
        channels: channels.length > 0 ? (channels as Channels) : null,
        fallsBack,
        emailTo: filled(form.values.emailTo) ?? null,
        copies,
        attaches: attaches.length > 0 ? (attaches as Attaches) : null,
        smsNumber: filled(form.values.smsNumber) ?? null,
        networkAddress: filled(form.values.networkAddress) ?? null,
        eInvoice,
        buyerReference: filled(form.values.buyerReference) ?? null,
        purchaseOrder: filled(form.values.purchaseOrder) ?? null,
        consentOn: filled(consentOn) ?? null,
        consentNote: filled(form.values.consentNote) ?? null,
      },
    });
  return (
    <Panel title="What the customer wants">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <fieldset disabled={!mayChange} className="plain-fieldset">
          <Stack>
            {rest ? <Trouble problem={rest} /> : null}
            <MultiSelect
              label="Ways, the first first"
              placeholder={channels.length === 0 ? 'as the company does' : ''}
              data={CHANNEL_CHOICES}
              value={channels}
              onChange={setChannels}
              clearable
            />
            <Switch
              label="Go the next way where one fails"
              checked={fallsBack}
              onChange={(event) => setFallsBack(event.currentTarget.checked)}
            />
            <TextInput
              label="Invoices by e-mail to"
              placeholder="the contact for billing"
              type="email"
              {...form.text('emailTo')}
              error={at('emailTo')}
            />
            <TagsInput
              label="Copies to"
              description="Press Enter after each address"
              value={copies}
              onChange={setCopies}
              maxTags={10}
            />
            <MultiSelect
              label="Attached"
              placeholder={attaches.length === 0 ? 'as the company does' : ''}
              data={[
                { value: 'pdf', label: 'PDF' },
                { value: 'xml', label: 'e-invoice (XML)' },
              ]}
              value={attaches}
              onChange={setAttaches}
              clearable
            />
            <TextInput
              label="Text messages to"
              placeholder="+420601234567"
              {...form.text('smsNumber')}
              error={at('smsNumber')}
            />
            <EInvoiceFields eInvoice={eInvoice} onEInvoice={setEInvoice} form={form} at={at} />
            <SimpleGrid cols={{ base: 1, sm: 2 }}>
              <DayField label="Agreed to e-invoices on" value={consentOn} onChange={setConsentOn} />
              <TextInput label="How they agreed" {...form.text('consentNote')} />
            </SimpleGrid>
            {mayChange ? <SaveRow saved={change.isSuccess} saving={change.isPending} /> : null}
          </Stack>
        </fieldset>
      </form>
    </Panel>
  );
}
