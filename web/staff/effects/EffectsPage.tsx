// What collecting brought: contacts, the promises and the money that followed them, by what the contacts have in common.

import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import { Group, NumberInput, Select, SimpleGrid, Stack, Table, Text, UnstyledButton } from '@mantine/core';
import { IconHeartHandshake } from '@tabler/icons-react';
import { useState } from 'react';
import { DIMENSIONS, exportEffects, readEffects } from '#effects/contract.ts';
import { me } from '#identity/contract.ts';
import { EFFECT_WINDOW_DAYS, EFFECT_WINDOW_DAYS_MAX } from '#kernel/limits-collecting.ts';
import { useAddress } from '../../lib/address.ts';
import type { Reply } from '../../lib/api.ts';
import { useRead } from '../../lib/data.ts';
import { countText, dayWords, drawingValue } from '../../lib/format.ts';
import { DayField } from '../../ui/DayField.tsx';
import { Figure } from '../../ui/Figure.tsx';
import { Money } from '../../ui/Money.tsx';
import { Empty, Page, Panel, Shown } from '../../ui/Page.tsx';
import { SaveButton } from '../../ui/SaveButton.tsx';
import { Scroll } from '../../ui/Scroll.tsx';
import { ContactsDrawer } from './ContactsDrawer.tsx';
import { DIMENSION_WORDS, shareText } from './effect-words.ts';
import { Funnel } from './Funnel.tsx';
import { Scorecards } from './Scorecards.tsx';
import { Uplifts } from './Uplifts.tsx';

type Report = Reply<typeof readEffects>;
type InCurrency = Report['currencies'][number];
export type EffectQuery = {
  readonly by: (typeof DIMENSIONS)[number];
  readonly windowDays: number;
  readonly from?: string;
  readonly to?: string;
  readonly asOf?: string;
};

function queryIn(search: Readonly<Record<string, string>>): EffectQuery {
  const days = Number(search.days ?? EFFECT_WINDOW_DAYS);
  return {
    by: DIMENSIONS.find((one) => one === search.by) ?? 'step',
    windowDays:
      Number.isInteger(days) && days >= 1 && days <= EFFECT_WINDOW_DAYS_MAX ? days : EFFECT_WINDOW_DAYS,
    ...(search.from ? { from: search.from } : {}),
    ...(search.to ? { to: search.to } : {}),
    ...(search.asOf ? { asOf: search.asOf } : {}),
  };
}

export default function EffectsPage() {
  const [search, setSearch] = useAddress();
  const today = useRead(me).data?.today ?? '';
  const query = queryIn(search);
  const read = useRead(readEffects, { query });
  const [opened, setOpened] = useState<{ readonly key: string | null; readonly label: string } | null>(null);
  const report = read.data;
  return (
    <Page
      title="What collecting brings"
      subtitle={
        report
          ? `Contacts of ${dayWords(report.from)} to ${dayWords(report.to)} and what followed within ${report.windowDays} days, as of ${dayWords(report.asOf)}`
          : undefined
      }
      actions={<SaveButton label="Save as CSV" operation={exportEffects} input={{ query }} />}
    >
      <Group align="flex-end">
        <Select
          label="By"
          data={DIMENSIONS.map((value) => ({ value, label: DIMENSION_WORDS[value] }))}
          value={query.by}
          onChange={(by) => setSearch({ by: by === 'step' ? '' : (by ?? '') })}
          allowDeselect={false}
          w={150}
        />
        <DayField
          label="Contacts from"
          value={search.from ?? report?.from ?? ''}
          onChange={(from) => setSearch({ from })}
          width={170}
        />
        <DayField
          label="to"
          value={search.to ?? report?.to ?? ''}
          onChange={(to) => setSearch({ to })}
          width={170}
        />
        <NumberInput
          label="Window, days"
          value={query.windowDays}
          min={1}
          max={EFFECT_WINDOW_DAYS_MAX}
          onChange={(days) => setSearch({ days: days === EFFECT_WINDOW_DAYS ? '' : String(days) })}
          w={120}
        />
        <DayField
          label="As of"
          value={search.asOf ?? today}
          onChange={(day) => setSearch({ asOf: day === today ? '' : day })}
          width={170}
        />
      </Group>
      <Shown read={read}>
        {(found) =>
          found.currencies.some(({ total }) => total.contacts > 0) ? (
            <Stack>
              {found.currencies.map((one) => (
                <OneCurrency
                  key={one.currency}
                  one={one}
                  report={found}
                  onOpen={(key, label) => setOpened({ key, label })}
                />
              ))}
            </Stack>
          ) : (
            <Panel>
              <Empty icon={<IconHeartHandshake size={36} stroke={1.4} />} title="No contacts in these days">
                Reminders that left and calls that were noted are counted here, with the money that followed.
              </Empty>
            </Panel>
          )
        }
      </Shown>
      <Uplifts />
      {opened ? (
        <ContactsDrawer
          query={query}
          keyOf={opened.key}
          label={opened.label}
          onClose={() => setOpened(null)}
        />
      ) : null}
    </Page>
  );
}

function OneCurrency({
  one,
  report,
  onOpen,
}: {
  readonly one: InCurrency;
  readonly report: Report;
  onOpen(key: string | null, label: string): void;
}) {
  const { total, tie, currency } = one;
  return (
    <Stack>
      <SimpleGrid cols={{ base: 2, md: 4 }}>
        <Figure
          label="Money credited"
          note={`${shareText(tie.credited.amount, tie.applied.amount)} of all that was applied`}
        >
          <Money value={total.cash} />
        </Figure>
        <Figure label="Days to the money" note="from the contact, weighted by amount">
          {total.meanDays ?? '–'}
        </Figure>
        <Figure label="Promised" note={`${countText(total.promises)} promises`}>
          <Money value={total.promised} />
        </Figure>
        <Figure
          label="Promised and came in time"
          note={
            total.promises === 0
              ? 'nothing was promised'
              : `${shareText(total.kept.amount, total.promised.amount)} of it`
          }
        >
          <Money value={total.kept} />
        </Figure>
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Panel title={`From contacts to money · ${currency}`}>
          <Funnel
            steps={[
              { label: 'Contacts', count: total.contacts },
              { label: 'Reached somebody', count: total.reached },
              { label: 'Followed by a promise', count: total.withPromise },
              { label: 'Followed by money', count: total.withCash },
            ]}
          />
        </Panel>
        <Panel title="Money by days after the contact">
          <BarChart
            h={180}
            data={one.byLag.map((value, at) => ({ day: `${at + 1}`, Credited: drawingValue(value.amount) }))}
            dataKey="day"
            series={[{ name: 'Credited', color: 'var(--chart-main)' }]}
            yAxisProps={{ width: 56, tickFormatter: (value: number) => countText(Math.round(value)) }}
            valueFormatter={(value) => `${countText(Math.round(value))} ${currency}`}
          />
        </Panel>
      </SimpleGrid>
      {report.by === 'collector' ? <Scorecards rows={one.rows} /> : null}
      <Panel title={`By ${DIMENSION_WORDS[report.by].toLowerCase()}`}>
        <Stack gap="xs">
          <Rows one={one} report={report} onOpen={onOpen} />
          <Tie one={one} />
        </Stack>
      </Panel>
    </Stack>
  );
}

function Rows({
  one,
  report,
  onOpen,
}: {
  readonly one: InCurrency;
  readonly report: Report;
  onOpen(key: string | null, label: string): void;
}) {
  return (
    <Scroll minWidth={780} label={`What contacts brought by ${report.by}`}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{DIMENSION_WORDS[report.by]}</Table.Th>
            <Table.Th className="numeric">Contacts</Table.Th>
            <Table.Th className="numeric">Reached</Table.Th>
            <Table.Th className="numeric">With promise</Table.Th>
            <Table.Th className="numeric">With money</Table.Th>
            <Table.Th className="numeric">Kept</Table.Th>
            <Table.Th className="numeric">Credited</Table.Th>
            <Table.Th className="numeric">Days</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {one.rows.map((row) => (
            <Table.Tr key={row.key ?? '-'}>
              <Table.Td>
                <UnstyledButton
                  className="link-button"
                  onClick={() => onOpen(row.key, row.label)}
                  c="var(--mantine-color-anchor)"
                  fz="sm"
                >
                  {row.label}
                </UnstyledButton>
              </Table.Td>
              <Table.Td className="numeric">{countText(row.contacts)}</Table.Td>
              <Table.Td className="numeric">{countText(row.reached)}</Table.Td>
              <Table.Td className="numeric">{countText(row.withPromise)}</Table.Td>
              <Table.Td className="numeric">{countText(row.withCash)}</Table.Td>
              <Table.Td className="numeric">
                <Money value={row.kept} bare quietZero />
              </Table.Td>
              <Table.Td className="numeric">
                <Money value={row.cash} bare quietZero />
              </Table.Td>
              <Table.Td className="numeric">{row.meanDays ?? '–'}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Scroll>
  );
}

/** How it ties to the ledger, and what it does not say. */
function Tie({ one: { tie } }: { readonly one: InCurrency }) {
  return (
    <Text size="xs" c="dimmed" component="div">
      Of <Money value={tie.applied} /> applied in these days, <Money value={tie.credited} /> is credited to
      these contacts, <Money value={tie.elsewhere} /> to contacts of other days, and{' '}
      <Money value={tie.uncredited} /> to none. Each cent is credited once, to the last contact about its item
      before its value date. Credited is not caused: who would have paid anyway is in it.
    </Text>
  );
}
