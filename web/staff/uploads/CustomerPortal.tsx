// Whether a customer wants its documents posted in a portal of its own, and how: where, by whom, within how many days, which files.

import {
  Autocomplete,
  Button,
  Group,
  MultiSelect,
  NumberInput,
  Select,
  SimpleGrid,
  Stack,
  Switch,
  Text,
  TextInput,
} from '@mantine/core';
import { IconCloudUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { me } from '#identity/contract.ts';
import { PORTAL_DAYS_MAX } from '#kernel/limits.ts';
import { endPortal, putPortal, readPortal } from '#uploads/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { filled, useFields } from '../../lib/fields.ts';
import { placeTrouble } from '../../lib/trouble.ts';
import { DayField } from '../../ui/DayField.tsx';
import { ConfirmButton, SaveRow } from '../../ui/FormTools.tsx';
import { Empty, Panel, Shown, Trouble } from '../../ui/Page.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { FILE_CHOICES, KNOWN_PORTALS } from './upload-words.ts';

type Found = Reply<typeof readPortal>;
type Uploads = NonNullable<Found['setting']>['uploads'];

export function CustomerPortal({ customerId }: { readonly customerId: string }) {
  const read = useRead(readPortal, { params: { customerId } });
  const [beginning, setBeginning] = useState(false);
  return (
    <Shown read={read}>
      {(found) =>
        found.setting === null && !beginning ? (
          <Panel title="Portal of the customer">
            <Empty
              icon={<IconCloudUpload size={36} stroke={1.4} />}
              title="Not posted in a portal"
              action={
                found.may.change === true ? (
                  <Button variant="default" mt="xs" onClick={() => setBeginning(true)}>
                    The customer wants a portal
                  </Button>
                ) : null
              }
            >
              Where a customer pays only what stands in its Ariba, Coupa or other portal, each document
              becomes work to be posted there.
            </Empty>
          </Panel>
        ) : (
          <PortalForm key={JSON.stringify(found)} customerId={customerId} found={found} />
        )
      }
    </Shown>
  );
}

const PLACES = ['portal', 'address', 'supplierNumber'];
const CODES = { portal_address_not_valid: 'address' };

function PortalForm({ customerId, found }: { readonly customerId: string; readonly found: Found }) {
  const { setting } = found;
  const put = useCommand(putPortal);
  const end = useCommand(endPortal);
  const form = useFields({
    portal: setting?.portal ?? '',
    address: setting?.address ?? '',
    supplierNumber: setting?.supplierNumber ?? '',
  });
  const [portal, setPortal] = useState(setting?.portal ?? '');
  const [userId, setUserId] = useState(setting?.userId ?? null);
  const [withinDays, setWithinDays] = useState<string | number>(setting?.withinDays ?? 1);
  const [uploads, setUploads] = useState<string[]>(setting?.uploads ?? ['pdf']);
  const today = useRead(me).data?.today ?? '';
  const [chosenFrom, setFrom] = useState(setting?.from ?? '');
  const from = chosenFrom === '' ? today : chosenFrom;
  const [instead, setInstead] = useState(setting?.instead ?? false);
  const [chases, setChases] = useState(setting?.chasesUnposted ?? false);
  const { at, rest } = placeTrouble(put.error, PLACES, CODES);
  const mayChange = found.may.change === true;
  const submit = (): void =>
    put.mutate({
      params: { customerId },
      body: {
        portal,
        address: filled(form.values.address) ?? null,
        supplierNumber: filled(form.values.supplierNumber) ?? null,
        userId,
        withinDays: Number(withinDays),
        uploads: uploads as Uploads,
        from,
        instead,
        chasesUnposted: chases,
      },
    });
  return (
    <Panel
      title="Portal of the customer"
      actions={<TenantLink to={`portal-uploads?show=all`}>Portal uploads</TenantLink>}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <fieldset disabled={!mayChange} className="plain-fieldset">
          <Stack>
            {rest ? <Trouble problem={rest} /> : null}
            <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} style={{ alignItems: 'end' }}>
              <Autocomplete
                label="Portal"
                required
                maxLength={80}
                placeholder="SAP Ariba"
                data={KNOWN_PORTALS}
                value={portal}
                onChange={setPortal}
                error={at('portal')}
              />
              <TextInput
                label="Address"
                type="url"
                maxLength={500}
                placeholder="https://"
                {...form.text('address')}
                error={at('address')}
              />
              <TextInput
                label="Our number there"
                maxLength={80}
                placeholder="AN01012345678"
                {...form.text('supplierNumber')}
                error={at('supplierNumber')}
              />
              <Select
                label="Who posts"
                placeholder="whoever comes to it"
                clearable
                searchable
                data={found.people.map((person) => ({ value: person.userId, label: person.name }))}
                value={userId}
                onChange={setUserId}
              />
              <NumberInput
                label="Within, days of business"
                description="After the issue, or after a rejection"
                required
                min={0}
                max={PORTAL_DAYS_MAX}
                value={withinDays}
                onChange={setWithinDays}
              />
              <DayField
                label="Documents issued from"
                description="Earlier ones are not posted"
                value={from}
                onChange={setFrom}
              />
            </SimpleGrid>
            <MultiSelect
              label="Files that go up"
              required
              data={[...FILE_CHOICES]}
              value={uploads}
              onChange={setUploads}
            />
            <Switch
              label="Instead of mail: invoices and credit notes are not sent by themselves"
              checked={instead}
              onChange={(event) => setInstead(event.currentTarget.checked)}
            />
            <Switch
              label="Remind also of documents that are not posted yet, or were rejected"
              checked={chases}
              onChange={(event) => setChases(event.currentTarget.checked)}
            />
            {mayChange ? (
              <Group justify="space-between">
                {setting ? (
                  <ConfirmButton
                    label="No portal any more"
                    title="End the portal?"
                    says={
                      <Text size="sm">
                        What still waits closes. What was posted stays. Documents are sent as before.
                      </Text>
                    }
                    confirmLabel="End it"
                    variant="subtle"
                    size="sm"
                    act={() => end.mutateAsync({ params: { customerId } })}
                  />
                ) : (
                  <span />
                )}
                <SaveRow saved={put.isSuccess} saving={put.isPending} />
              </Group>
            ) : null}
          </Stack>
        </fieldset>
      </form>
    </Panel>
  );
}
