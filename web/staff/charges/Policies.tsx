// Terms for late payment by their versions: what counts for what was issued when, and of whom.

import { Badge, Button, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { readChargeSettings } from '#charges/contract.ts';
import { useAddress } from '../../lib/address.ts';
import type { Reply } from '../../lib/api.ts';
import { useRead } from '../../lib/data.ts';
import { dayWords } from '../../lib/format.ts';
import { CompanySelect } from '../../ui/CompanySelect.tsx';
import { Empty, Panel, Shown } from '../../ui/Page.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { TermsDialog } from './TermsDialog.tsx';
import { type Terms, termsWords } from './terms.ts';

type Settings = Reply<typeof readChargeSettings>;

export function Policies() {
  const [search, setSearch] = useAddress();
  const companyId = search.company ?? '';
  const read = useRead(readChargeSettings, { query: { companyId } }, { enabled: companyId !== '' });
  return (
    <Stack>
      <CompanySelect value={companyId} onChange={(company) => setSearch({ company })} width={340} />
      {companyId === '' ? null : (
        <Shown read={read}>{(settings) => <PoliciesShown settings={settings} companyId={companyId} />}</Shown>
      )}
    </Stack>
  );
}

function PoliciesShown({ settings, companyId }: { readonly settings: Settings; readonly companyId: string }) {
  const [editing, setEditing] = useState<{ readonly terms: Terms; readonly name: string } | null>(null);
  const mayEdit = settings.may.configure === true;
  const forAll = settings.policies.filter((policy) => policy.customer === null).toReversed();
  const own = settings.policies.filter((policy) => policy.customer !== null).toReversed();
  const [current] = forAll;
  return (
    <Stack>
      {forAll.length === 0 ? (
        <Panel>
          <Empty title="Nothing is asked for late payment yet">
            Start from the terms of a country below. They can be changed before they count.
          </Empty>
        </Panel>
      ) : (
        <Panel
          title="Of everybody"
          actions={
            mayEdit && current?.terms ? (
              <Button
                size="compact-sm"
                variant="default"
                onClick={() => setEditing({ terms: current.terms as Terms, name: 'Change the terms' })}
              >
                Change
              </Button>
            ) : null
          }
        >
          <Stack gap="xs">
            {forAll.map((policy, index) => (
              <PolicyLine key={policy.policyId} policy={policy} isLatest={index === 0} />
            ))}
          </Stack>
        </Panel>
      )}
      {own.length > 0 ? (
        <Panel title="Of single customers">
          <Stack gap="xs">
            {own.map((policy) => (
              <PolicyLine key={policy.policyId} policy={policy} isLatest />
            ))}
          </Stack>
        </Panel>
      ) : null}
      {mayEdit ? (
        <Panel title="Terms to start from">
          <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
            {settings.readyMade.map((ready) => (
              <Panel key={ready.code}>
                <Stack gap={6}>
                  <Text fw={600}>{ready.terms.name}</Text>
                  <Text size="sm">{termsWords(ready.terms)}</Text>
                  <Text size="xs" c="dimmed">
                    {ready.terms.legalSource}
                  </Text>
                  <Group>
                    <Button
                      size="compact-sm"
                      variant="default"
                      leftSection={<IconPlus size={14} aria-hidden />}
                      aria-label={`Use these: ${ready.terms.name}`}
                      onClick={() => setEditing({ terms: ready.terms, name: ready.terms.name })}
                    >
                      Use these
                    </Button>
                  </Group>
                </Stack>
              </Panel>
            ))}
          </SimpleGrid>
        </Panel>
      ) : null}
      {editing ? (
        <TermsDialog
          companyId={companyId}
          start={editing.terms}
          title={editing.name}
          onClose={() => setEditing(null)}
        />
      ) : null}
    </Stack>
  );
}

/** One version of terms in a line or two. */
export function PolicyLine({
  policy,
  isLatest,
}: {
  readonly policy: Settings['policies'][number];
  readonly isLatest: boolean;
}) {
  return (
    <div>
      <Group gap="xs">
        <Text size="sm" fw={600} {...(isLatest ? {} : { c: 'dimmed' })}>
          {policy.exempt ? 'Nothing is asked' : (policy.terms?.name ?? 'No terms of their own')}
        </Text>
        {policy.customer ? (
          <TenantLink to={`customers/${policy.customer.id}`}>{policy.customer.name}</TenantLink>
        ) : null}
        <Badge color={isLatest ? 'blue' : 'gray'}>issued from {dayWords(policy.validFrom)}</Badge>
      </Group>
      {policy.terms ? (
        <Text size="xs" c="dimmed">
          {termsWords(policy.terms)}
        </Text>
      ) : null}
    </div>
  );
}
