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
import { type ReactNode, useState } from 'react';
import { me } from '#identity/contract.ts';
import { PORTAL_DAYS_MAX } from '#kernel/limits.ts';
import { endPortal, followPortal, putPortal, readPortal } from '#uploads/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { filled, useFields } from '../../lib/fields.ts';
import { placeTrouble } from '../../lib/trouble.ts';
import { useCompanies } from '../../ui/CompanySelect.tsx';
import { DayField } from '../../ui/DayField.tsx';
import { ConfirmButton, SaveRow } from '../../ui/FormTools.tsx';
import { Empty, Panel, Shown, Trouble } from '../../ui/Page.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { FILE_CHOICES, KNOWN_PORTALS } from './upload-words.ts';

type Found = Reply<typeof readPortal>;
type Uploads = NonNullable<Found['setting']>['uploads'];

/** With which company: the empty text stands for all that have nothing of their own. */
const ALL = '';

export function CustomerPortal({ customerId }: { readonly customerId: string }) {
  const read = useRead(readPortal, { params: { customerId } });
  const [beginning, setBeginning] = useState(false);
  const [companyId, setCompanyId] = useState(ALL);
  const choose = (id: string): void => {
    setBeginning(false);
    setCompanyId(id);
  };
  return (
    <Shown read={read}>
      {(found) => {
        const own = found.own.find((one) => one.companyId === companyId);
        const setting = companyId === ALL ? found.setting : (own?.setting ?? null);
        const chooser = <CompanyChooser value={companyId} onChange={choose} own={found.own} />;
        return setting === null && !beginning ? (
          <Panel title="Portal of the customer">
            {chooser}
            <Empty
              icon={<IconCloudUpload size={36} stroke={1.4} />}
              title={
                companyId === ALL || own
                  ? 'Not posted in a portal'
                  : 'Goes by what is stated for all companies'
              }
              action={
                found.may.change === true ? (
                  <Group gap="xs" mt="xs" justify="center">
                    <Button variant="default" onClick={() => setBeginning(true)}>
                      {companyId === ALL ? 'The customer wants a portal' : 'Another portal with this company'}
                    </Button>
                    {own ? <AsForAll customerId={customerId} companyId={companyId} /> : null}
                    {companyId !== ALL && !own && found.setting ? (
                      <WantsNone customerId={customerId} companyId={companyId} />
                    ) : null}
                  </Group>
                ) : null
              }
            >
              Where a customer pays only what stands in its Ariba, Coupa or other portal, each document
              becomes work to be posted there.
            </Empty>
          </Panel>
        ) : (
          <PortalForm
            key={JSON.stringify([companyId, found])}
            customerId={customerId}
            companyId={companyId === ALL ? undefined : companyId}
            found={{ ...found, setting }}
            isOwn={own !== undefined}
            chooser={chooser}
          />
        );
      }}
    </Shown>
  );
}

/** With which company a portal is meant, where there are several. */
function CompanyChooser({
  value,
  onChange,
  own,
}: {
  readonly value: string;
  onChange(companyId: string): void;
  readonly own: Found['own'];
}) {
  const companies = useCompanies();
  if (!companies || companies.length < 2) return null;
  const isOwn = (id: string): boolean => own.some((one) => one.companyId === id);
  return (
    <Select
      label="With"
      w={{ base: '100%', sm: 320 }}
      mb="sm"
      allowDeselect={false}
      data={[
        { value: ALL, label: own.length > 0 ? 'All other companies' : 'All companies' },
        ...companies.map(({ id, name }) => ({ value: id, label: isOwn(id) ? `${name} (its own)` : name })),
      ]}
      value={value}
      onChange={(id) => onChange(id ?? ALL)}
    />
  );
}

type OfCompany = { readonly customerId: string; readonly companyId: string };

/** Takes back what was stated for one company. */
function AsForAll({ customerId, companyId }: OfCompany) {
  const follow = useCommand(followPortal);
  return (
    <Button
      variant="subtle"
      loading={follow.isPending}
      onClick={() => follow.mutate({ params: { customerId, companyId } })}
    >
      As for all companies
    </Button>
  );
}

/** Says that with one company there is no portal, whatever is stated for all. */
function WantsNone({ customerId, companyId }: OfCompany) {
  const end = useCommand(endPortal);
  return (
    <Button
      variant="subtle"
      loading={end.isPending}
      onClick={() => end.mutate({ params: { customerId }, query: { companyId } })}
    >
      No portal with this company
    </Button>
  );
}

const PLACES = ['portal', 'address', 'supplierNumber'];
const CODES = { portal_address_not_valid: 'address' };

function PortalForm({
  customerId,
  companyId,
  found,
  isOwn,
  chooser,
}: {
  readonly customerId: string;
  readonly companyId: string | undefined;
  readonly found: Found;
  readonly isOwn: boolean;
  readonly chooser: ReactNode;
}) {
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
        ...(companyId === undefined ? {} : { companyId }),
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
      {chooser}
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
                  <Group gap="xs">
                    {isOwn && companyId ? <AsForAll customerId={customerId} companyId={companyId} /> : null}
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
                      act={() =>
                        end.mutateAsync({ params: { customerId }, query: companyId ? { companyId } : {} })
                      }
                    />
                  </Group>
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
