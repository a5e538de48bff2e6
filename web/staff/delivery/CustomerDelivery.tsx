// How a customer is reached: which way first, to whom, with what attached; and each way as it would be gone now.

import {
  Alert,
  Button,
  Group,
  MultiSelect,
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
import { DayField } from '../../ui/DayField.tsx';
import { Panel, Shown, Trouble } from '../../ui/Page.tsx';
import { CHANNEL_CHOICES, CHANNEL_WORDS } from './channel-words.ts';

type Preference = Reply<typeof readDeliveryPreference>;

export function CustomerDelivery({ customerId }: { readonly customerId: string }) {
  const read = useRead(readDeliveryPreference, { params: { customerId } });
  return (
    <Shown read={read}>
      {(preference) => (
        <SimpleGrid cols={{ base: 1, md: 2 }} style={{ alignItems: 'start' }}>
          <Wishes key={JSON.stringify(preference)} customerId={customerId} preference={preference} />
          <Ways preference={preference} />
        </SimpleGrid>
      )}
    </Shown>
  );
}

function Ways({ preference }: { readonly preference: Preference }) {
  return (
    <Panel title="How an invoice would go now">
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
  const [consentOn, setConsentOn] = useState(preference.consentOn ?? '');
  const form = useFields({
    emailTo: preference.emailTo ?? '',
    smsNumber: preference.smsNumber ?? '',
    networkAddress: preference.networkAddress ?? '',
    consentNote: preference.consentNote ?? '',
  });
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
            {change.error ? <Trouble problem={change.error} /> : null}
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
            <SimpleGrid cols={{ base: 1, sm: 2 }}>
              <TextInput label="Text messages to" placeholder="+420601234567" {...form.text('smsNumber')} />
              <TextInput
                label="Address in the network"
                placeholder="0088:7300010000001"
                {...form.text('networkAddress')}
              />
            </SimpleGrid>
            <SimpleGrid cols={{ base: 1, sm: 2 }}>
              <DayField label="Agreed to e-invoices on" value={consentOn} onChange={setConsentOn} />
              <TextInput label="How they agreed" {...form.text('consentNote')} />
            </SimpleGrid>
            {mayChange ? (
              <Group justify="flex-end">
                {change.isSuccess ? (
                  <Text size="sm" role="status">
                    Saved
                  </Text>
                ) : null}
                <Button type="submit" loading={change.isPending}>
                  Save
                </Button>
              </Group>
            ) : null}
          </Stack>
        </fieldset>
      </form>
    </Panel>
  );
}
