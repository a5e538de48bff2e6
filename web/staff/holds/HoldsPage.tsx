// Holds: what is not chased and why, what runs out, what is old; by owner and with the money held.

import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import { Badge, Button, Group, SegmentedControl, SimpleGrid, Stack, Table, Text } from '@mantine/core';
import { IconHandStop, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { HOLD_VIEWS, listHolds, readHoldOverview } from '#holds/contract.ts';
import { useAddress } from '../../lib/address.ts';
import type { Reply } from '../../lib/api.ts';
import { rowsOf, usePages, useRead } from '../../lib/data.ts';
import { countText, dayWords } from '../../lib/format.ts';
import { useIsNarrow } from '../../lib/narrow.ts';
import { Figure } from '../../ui/Figure.tsx';
import { Money, type MoneyValue } from '../../ui/Money.tsx';
import { Empty, Page, Panel, Shown } from '../../ui/Page.tsx';
import { Scroll } from '../../ui/Scroll.tsx';
import { ShowMore } from '../../ui/ShowMore.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { HoldActions } from './HoldActions.tsx';
import { CHANGE_WORDS, type Hold, heldWords, STATE_COLORS, STATE_WORDS } from './hold-words.ts';
import { PlaceDialog } from './PlaceDialog.tsx';

type Overview = Reply<typeof readHoldOverview>;
type View = (typeof HOLD_VIEWS)[number];

const VIEW_WORDS: readonly (readonly [View, string])[] = [
  ['standing', 'In force'],
  ['running_out', 'Ends soon'],
  ['old', 'Old'],
  ['over', 'Ended'],
  ['released', 'Released'],
];

export default function HoldsPage() {
  const overview = useRead(readHoldOverview);
  const [placing, setPlacing] = useState(false);
  return (
    <Shown read={overview}>
      {(found) => (
        <Page
          title="Holds"
          subtitle="What is not chased, why, and until when."
          actions={
            found.may.place === true ? (
              <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setPlacing(true)}>
                Put on hold
              </Button>
            ) : null
          }
        >
          <Figures found={found} />
          {found.counts.standing > 0 ? (
            <SimpleGrid cols={{ base: 1, md: 2 }}>
              <Panel title="When they end">
                <Ends found={found} />
              </Panel>
              <Panel title="Whose they are">
                <Owners found={found} />
              </Panel>
            </SimpleGrid>
          ) : null}
          <List found={found} />
          {placing ? <PlaceDialog onClose={() => setPlacing(false)} /> : null}
        </Page>
      )}
    </Shown>
  );
}

function Figures({ found }: { readonly found: Overview }) {
  const [, setSearch] = useAddress();
  const { counts, held } = found;
  const show = (view: View) => () => setSearch({ holds: view });
  return (
    <SimpleGrid cols={{ base: 2, md: 4 }}>
      <Figure
        label="Held back"
        note={`${countText(counts.standing)} ${counts.standing === 1 ? 'hold' : 'holds'} in force`}
        onOpen={show('standing')}
      >
        {held.length === 0 ? 'nothing' : held.map((sum) => <Sum key={sum.currency} sum={sum} />)}
      </Figure>
      <Figure label="End within a week" alarming={counts.runningOut > 0} onOpen={show('running_out')}>
        {countText(counts.runningOut)}
      </Figure>
      <Figure label="Older than two months" alarming={counts.old > 0} onOpen={show('old')}>
        {countText(counts.old)}
      </Figure>
      <Figure label="Ended by themselves" note="in thirty days" onOpen={show('over')}>
        {countText(counts.over)}
      </Figure>
    </SimpleGrid>
  );
}

function Ends({ found }: { readonly found: Overview }) {
  return (
    <section aria-label="Holds that end in each week from today">
      <BarChart
        h={180}
        data={found.ends.map((week) => ({
          week: week.isLast ? 'later' : dayWords(week.from).replace(/,? \d{4}$/, ''),
          Holds: week.holds,
        }))}
        dataKey="week"
        series={[{ name: 'Holds', color: 'var(--chart-main)' }]}
        yAxisProps={{ allowDecimals: false, width: 28 }}
      />
    </section>
  );
}

function Owners({ found }: { readonly found: Overview }) {
  const [, setSearch] = useAddress();
  return (
    <Table>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Member</Table.Th>
          <Table.Th className="numeric">Holds</Table.Th>
          <Table.Th className="numeric">Held back</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {found.owners.map((owner) => (
          <Table.Tr key={owner.key}>
            <Table.Td>
              <Button
                variant="transparent"
                size="compact-sm"
                px={0}
                onClick={() => setSearch({ owner: owner.key, holds: '' })}
              >
                {owner.name || 'a former member'}
              </Button>
            </Table.Td>
            <Table.Td className="numeric">{countText(owner.holds)}</Table.Td>
            <Table.Td className="numeric">
              {owner.held.length === 0 ? '–' : owner.held.map((sum) => <Sum key={sum.currency} sum={sum} />)}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function List({ found }: { readonly found: Overview }) {
  const [search, setSearch] = useAddress();
  const isNarrow = useIsNarrow();
  const view = HOLD_VIEWS.find((one) => one === search.holds) ?? 'standing';
  const owner = found.owners.find((one) => one.key === search.owner);
  const pages = usePages(listHolds, { query: { state: view, ...(owner ? { ownerId: owner.key } : {}) } });
  const rows = rowsOf(pages.data);
  return (
    <Stack>
      <Group>
        <div style={{ maxWidth: '100%', overflowX: 'auto' }}>
          <SegmentedControl
            aria-label="Which holds"
            data={VIEW_WORDS.map(([value, label]) => ({ value, label }))}
            value={view}
            onChange={(value) => setSearch({ holds: value === 'standing' ? '' : value })}
          />
        </div>
        {owner ? (
          <Button variant="light" size="xs" onClick={() => setSearch({ owner: '' })}>
            Only those of {owner.name} ×
          </Button>
        ) : null}
      </Group>
      <Panel>
        {rows.length === 0 ? (
          <Empty icon={<IconHandStop size={36} stroke={1.4} />} title="No holds here">
            A hold stops reminders for a while and ends by itself. It is placed here, or on the page of a
            customer or an invoice.
          </Empty>
        ) : isNarrow ? (
          <HoldCards rows={rows} />
        ) : (
          <HoldTable rows={rows} />
        )}
        <ShowMore pages={pages} mt="md" />
      </Panel>
    </Stack>
  );
}

type Rows = { readonly rows: readonly Hold[] };

function HoldTable({ rows }: Rows) {
  return (
    <Scroll minWidth={860} label="Holds">
      <Table verticalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>What</Table.Th>
            <Table.Th>Why</Table.Th>
            <Table.Th>Whose</Table.Th>
            <Table.Th>Until</Table.Th>
            <Table.Th className="numeric">Held back</Table.Th>
            <Table.Th aria-label="What to do" />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((hold) => (
            <Table.Tr key={hold.holdId}>
              <Table.Td>
                <What hold={hold} />
              </Table.Td>
              <Table.Td>
                <Why hold={hold} />
              </Table.Td>
              <Table.Td>{hold.owner.name || '–'}</Table.Td>
              <Table.Td>
                <Until hold={hold} />
              </Table.Td>
              <Table.Td className="numeric">
                <HeldBack hold={hold} />
              </Table.Td>
              <Table.Td>
                <HoldActions hold={hold} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Scroll>
  );
}

/** On a phone: one below the other. */
function HoldCards({ rows }: Rows) {
  return (
    <Stack gap="lg" role="list" aria-label="Holds">
      {rows.map((hold) => (
        <Stack key={hold.holdId} gap={6} role="listitem">
          <Group justify="space-between" align="flex-start" wrap="nowrap">
            <What hold={hold} />
            <HeldBack hold={hold} />
          </Group>
          <Why hold={hold} />
          <Group justify="space-between">
            <Until hold={hold} />
            <Text size="sm">{hold.owner.name}</Text>
          </Group>
          <HoldActions hold={hold} />
        </Stack>
      ))}
    </Stack>
  );
}

function What({ hold }: { readonly hold: Hold }) {
  if (hold.documentId !== null)
    return <TenantLink to={`invoices/${hold.documentId}`}>{heldWords(hold)}</TenantLink>;
  return hold.customerId === null ? (
    <Text size="sm" fw={600}>
      {heldWords(hold)}
    </Text>
  ) : (
    <TenantLink to={`customers/${hold.customerId}`}>{heldWords(hold)}</TenantLink>
  );
}

function Why({ hold }: { readonly hold: Hold }) {
  return (
    <div>
      <Text size="sm">{hold.reasonName}</Text>
      <Text size="xs" c="dimmed">
        {[hold.note, `since ${dayWords(hold.startsOn)}`, `by ${hold.placedBy}`].filter(Boolean).join(' · ')}
      </Text>
      {hold.changes.map((change) => (
        <Text key={change.at} size="xs" c="dimmed">
          {[`${CHANGE_WORDS[change.kind]} ${dayWords(change.endsOn)} by ${change.by}`, change.note]
            .filter(Boolean)
            .join(' · ')}
        </Text>
      ))}
    </div>
  );
}

function Until({ hold }: { readonly hold: Hold }) {
  return (
    <Group gap="xs" wrap="nowrap">
      <Text size="sm">{dayWords(hold.endsOn)}</Text>
      <Badge color={STATE_COLORS[hold.state]} variant="light">
        {STATE_WORDS[hold.state]}
      </Badge>
    </Group>
  );
}

function HeldBack({ hold }: { readonly hold: Hold }) {
  if (hold.held.length === 0)
    return (
      <Text span c="dimmed" size="sm">
        –
      </Text>
    );
  return (
    <div>
      {hold.held.map((sum) => (
        <Sum key={sum.currency} sum={sum} />
      ))}
    </div>
  );
}

/** One amount below the other. */
function Sum({ sum }: { readonly sum: MoneyValue }) {
  return (
    <div>
      <Money value={sum} />
    </div>
  );
}
