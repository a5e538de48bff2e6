// What a company lets drop when payments are short: by rule, and by people within limits.

import { Badge, Button, Group, Stack, Table, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { getDifferenceRules } from '#differences/contract.ts';
import { listMembers } from '#identity/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { rowsOf, usePages, useRead } from '../../lib/data.ts';
import { dayWords } from '../../lib/format.ts';
import { useMay } from '../../lib/may.ts';
import { CompanySelect, useCompanies } from '../../ui/CompanySelect.tsx';
import { Panel, Shown } from '../../ui/Page.tsx';
import { Scroll } from '../../ui/Scroll.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { roleWords } from '../identity/roles.ts';
import { WaitingDays } from '../refunds/WaitingDays.tsx';
import { ceilingWords } from './ceiling.ts';
import { LimitDialog } from './LimitDialog.tsx';
import { ToleranceDialog } from './ToleranceDialog.tsx';

type Rules = Reply<typeof getDifferenceRules>;

export function DifferenceSettings() {
  const companies = useCompanies();
  const [chosen, setChosen] = useState('');
  const company = companies?.find((one) => one.id === chosen) ?? companies?.[0];
  const companyId = company?.id ?? '';
  const read = useRead(getDifferenceRules, { params: { companyId } }, { enabled: companyId !== '' });
  if (companies?.length === 0) return null;
  return (
    <Stack>
      {(companies?.length ?? 0) > 1 ? (
        <CompanySelect value={companyId} onChange={setChosen} width={320} />
      ) : null}
      <Shown read={read}>
        {(rules) => (
          <>
            <Tolerances
              companyId={companyId}
              currency={company?.functionalCurrency ?? 'EUR'}
              tolerances={rules.tolerances}
            />
            <Limits
              companyId={companyId}
              currency={company?.functionalCurrency ?? 'EUR'}
              limits={rules.limits}
            />
            <WaitingDays companyId={companyId} />
          </>
        )}
      </Shown>
    </Stack>
  );
}

type Part = { readonly companyId: string; readonly currency: string };

function Tolerances({
  companyId,
  currency,
  tolerances,
}: Part & { readonly tolerances: Rules['tolerances'] }) {
  const mayChange = useMay('company.manage');
  const [stating, setStating] = useState(false);
  return (
    <Panel
      title="Dropped by rule"
      actions={mayChange ? <StateButton label="State a tolerance" onClick={() => setStating(true)} /> : null}
    >
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          A payment that is a little short settles its item, and the rest is booked to small differences.
          Earned discounts count first. What is too much stays on account.
        </Text>
        {tolerances.length === 0 ? (
          <Text size="sm">Nothing is dropped by rule: the smallest rest stays open.</Text>
        ) : (
          <Versions
            label="Tolerances"
            head="For"
            rows={tolerances.map((one) => ({
              key: one.toleranceId,
              inForce: one.isInForce,
              who: one.customer ? (
                <TenantLink to={`customers/${one.customer.id}`}>{one.customer.name}</TenantLink>
              ) : (
                'all customers'
              ),
              currency: one.currency ?? 'all',
              says: `${one.kind === 'bank_charge' ? 'Bank charge' : 'Small difference'}: ${STANCE_WORDS[one.stance] ?? ceilingWords(one)}`,
              validFrom: one.validFrom,
            }))}
          />
        )}
      </Stack>
      {stating ? (
        <ToleranceDialog companyId={companyId} currency={currency} onClose={() => setStating(false)} />
      ) : null}
    </Panel>
  );
}

const STANCE_WORDS: Readonly<Record<string, string>> = {
  blocked: 'nothing is dropped',
  as_company: 'as all customers',
  withdrawn: 'withdrawn',
};

function Limits({ companyId, currency, limits }: Part & { readonly limits: Rules['limits'] }) {
  const mayChange = useMay('approval.manage');
  const mayPeople = useMay('member.manage');
  const members = usePages(listMembers, {}, { enabled: mayPeople });
  const people = new Map(rowsOf(members.data).map((one) => [one.userId, one.name]));
  const [stating, setStating] = useState(false);
  return (
    <Panel
      title="Dropped by people"
      actions={mayChange ? <StateButton label="State a limit" onClick={() => setStating(true)} /> : null}
    >
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          How much of an item somebody may drop by hand when they apply a payment. More is asked for, and
          decided by others. A person’s own limit counts before that of the role.
        </Text>
        {limits.length === 0 ? (
          <Text size="sm">
            No limits are stated: everybody who applies payments may drop up to 5 % of an item.
          </Text>
        ) : (
          <Versions
            label="Limits"
            head="Of"
            rows={limits.map((one) => ({
              key: one.limitId,
              inForce: one.isInForce,
              who: one.role ? roleWords(one.role) : (people.get(one.userId ?? '') ?? 'a person'),
              currency: one.currency,
              says: STANCE_WORDS[one.stance] ?? ceilingWords(one),
              validFrom: one.validFrom,
            }))}
          />
        )}
      </Stack>
      {stating ? (
        <LimitDialog
          companyId={companyId}
          currency={currency}
          people={[...people].map(([value, label]) => ({ value, label }))}
          onClose={() => setStating(false)}
        />
      ) : null}
    </Panel>
  );
}

function StateButton({ label, onClick }: { readonly label: string; onClick(): void }) {
  return (
    <Button size="xs" variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={onClick}>
      {label}
    </Button>
  );
}

type Version = {
  readonly key: string;
  readonly inForce: boolean;
  readonly who: React.ReactNode;
  readonly currency: string;
  readonly says: string;
  readonly validFrom: string;
};

/** What counts today first; what counted before, or will, when asked for. */
function Versions({
  label,
  head,
  rows,
}: {
  readonly label: string;
  readonly head: string;
  readonly rows: readonly Version[];
}) {
  const [all, setAll] = useState(false);
  const others = rows.filter((row) => !row.inForce).length;
  const shown = all ? rows : rows.filter((row) => row.inForce);
  return (
    <>
      <Scroll minWidth={460} label={label}>
        <Table aria-label={label}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{head}</Table.Th>
              <Table.Th>Currency</Table.Th>
              <Table.Th>What may be dropped</Table.Th>
              <Table.Th>From</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map((row) => (
              <Table.Tr key={row.key}>
                <Table.Td>{row.who}</Table.Td>
                <Table.Td>{row.currency}</Table.Td>
                <Table.Td>{row.says}</Table.Td>
                <Table.Td>
                  <Group gap={6} wrap="nowrap">
                    {dayWords(row.validFrom)}
                    {all && row.inForce ? <Badge color="teal">counts today</Badge> : null}
                  </Group>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Scroll>
      {others > 0 ? (
        <Group>
          <Button size="compact-sm" variant="subtle" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? 'Only what counts today' : `Show ${others} earlier or later`}
          </Button>
        </Group>
      ) : null}
    </>
  );
}
