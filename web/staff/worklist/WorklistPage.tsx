// The worklist: who is to be looked at today, in which order and why; many at once are put off, put on hold or sent a statement.

import { Badge, Button, Checkbox, Divider, Group, SegmentedControl, Stack, Table, Text } from '@mantine/core';
import { IconListCheck, IconPlayerPlay, IconRefresh } from '@tabler/icons-react';
import { Fragment, useState } from 'react';
import { listWorklist, RANKS, refreshWorklist, WHOSE } from '#worklist/contract.ts';
import { useAddress, useGo } from '../../lib/address.ts';
import type { Reply } from '../../lib/api.ts';
import { rowsOf, useCommand, usePages } from '../../lib/data.ts';
import { countText, dayWords, momentWords } from '../../lib/format.ts';
import { useIsNarrow } from '../../lib/narrow.ts';
import { Money } from '../../ui/Money.tsx';
import { Empty, Page, Panel, Shown, Trouble } from '../../ui/Page.tsx';
import { Scroll } from '../../ui/Scroll.tsx';
import { ShowMore } from '../../ui/ShowMore.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { BulkActions } from './BulkActions.tsx';
import { Reasons } from './Reasons.tsx';
import { RANK_WORDS, WHOSE_WORDS } from './worklist-words.ts';

export type Row = Reply<typeof listWorklist>['rows'][number];

/** What tells rows apart. */
export function keyOf(row: Row): string {
  return `${row.companyId} ${row.customer.id}`;
}

export default function WorklistPage() {
  const [search, setSearch] = useAddress();
  const rank = RANKS.find((one) => one === search.rank) ?? 'points';
  const whose = WHOSE.find((one) => one === search.whose) ?? 'all';
  const withHidden = search.hidden === 'true';
  const pages = usePages(listWorklist, {
    query: { rank, whose, ...(withHidden ? { withHidden: 'true' } : {}) },
  });
  const refresh = useCommand(refreshWorklist);
  const go = useGo();
  const rows = rowsOf(pages.data);
  const page = pages.data?.pages[0];
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const picked = rows.filter((row) => chosen.has(keyOf(row)));
  const mayWork = page?.may.work === true;
  const fits = page && whose !== 'unowned' && !withHidden ? fitting(rows, page.day.minutesLeft) : undefined;
  return (
    <Page
      title="Worklist"
      subtitle={page ? headWords(page) : undefined}
      actions={
        mayWork ? (
          <>
            <Button variant="default" onClick={() => go('worklist/rules')}>
              Rules
            </Button>
            <Button variant="default" onClick={() => go('worklist/collectors')}>
              Collectors
            </Button>
            <Button
              variant="default"
              leftSection={<IconRefresh size={16} aria-hidden />}
              loading={refresh.isPending}
              onClick={() => refresh.mutate({})}
            >
              Bring up to date
            </Button>
            <Button
              leftSection={<IconPlayerPlay size={16} aria-hidden />}
              onClick={() => go(`worklist/next?rank=${rank}&whose=${whose}`)}
            >
              Start
            </Button>
          </>
        ) : null
      }
    >
      {refresh.error ? <Trouble problem={refresh.error} /> : null}
      <Group justify="space-between">
        <Group>
          <SegmentedControl
            aria-label="Whose accounts"
            data={(['all', 'mine', 'unowned'] as const).map((value) => ({
              value,
              label: WHOSE_WORDS[value],
            }))}
            value={whose}
            onChange={(value) => setSearch({ whose: value === 'all' ? '' : value })}
          />
          <SegmentedControl
            aria-label="Order"
            data={RANKS.map((value) => ({ value, label: RANK_WORDS[value] }))}
            value={rank}
            onChange={(value) => setSearch({ rank: value === 'points' ? '' : value })}
          />
        </Group>
        <Checkbox
          label="Also what is done or put off"
          checked={withHidden}
          onChange={(event) => setSearch({ hidden: event.currentTarget.checked ? 'true' : '' })}
        />
      </Group>
      {picked.length > 0 && mayWork ? (
        <BulkActions rows={picked} onDone={() => setChosen(new Set())} />
      ) : null}
      <Shown read={pages}>
        {() =>
          rows.length === 0 ? (
            <Panel>
              <Empty icon={<IconListCheck size={36} stroke={1.4} />} title="Nobody is to be looked at">
                {page?.listedOn
                  ? 'Whoever owes something overdue that is neither promised nor disputed stands here.'
                  : 'The list is made within minutes of the beginning of a day; bring it up to date to see it at once.'}
              </Empty>
            </Panel>
          ) : (
            <Panel>
              {page && fits !== undefined ? <Fits day={page.day} fits={fits} rows={rows.length} /> : null}
              <Rows
                rows={rows}
                fits={fits}
                chosen={chosen}
                onToggle={(key) => setChosen(toggled(chosen, key))}
                mayChoose={mayWork}
              />
              <ShowMore pages={pages} variant="subtle" mt="sm" />
            </Panel>
          )
        }
      </Shown>
    </Page>
  );
}

function toggled(chosen: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(chosen);
  if (!next.delete(key)) next.add(key);
  return next;
}

type Head = Pick<Reply<typeof listWorklist>, 'listedOn' | 'refreshedAt' | 'isWhole' | 'doneToday'>;

function headWords({ listedOn, refreshedAt, isWhole, doneToday }: Head): string {
  if (!listedOn || !refreshedAt) return 'There is no list yet.';
  if (!isWhole)
    return `The list for ${dayWords(listedOn)} is being made; some rows are those of the day before.`;
  return `For ${dayWords(listedOn)}, as of ${momentWords(refreshedAt)} · you dealt with ${countText(doneToday)} today`;
}

/** How many rows, from the first, fit into so many minutes; undefined without a number of minutes. */
function fitting(rows: readonly Row[], minutesLeft: number | null): number | undefined {
  if (minutesLeft === null) return undefined;
  let left = minutesLeft;
  const tooMuch = rows.findIndex((row) => {
    left -= row.minutes;
    return left < 0;
  });
  return tooMuch < 0 ? rows.length : tooMuch;
}

type Day = Reply<typeof listWorklist>['day'];

/** What fits into the rest of the day, and how that is known. */
function Fits({ day, fits, rows }: { readonly day: Day; readonly fits: number; readonly rows: number }) {
  const { minutesLeft, minutesADay, call, other } = day;
  const many = fits === rows ? 'all of these' : `the first ${countText(fits)}`;
  const learnt =
    call.learntFrom + other.learntFrom > 0
      ? `as learnt from the latest ${countText(call.learntFrom + other.learntFrom)}`
      : 'until it is learnt from your own work';
  return (
    <Text size="sm" mb="sm" role="status">
      {fits === 0
        ? 'Your minutes of today are used up.'
        : `About ${countText(minutesLeft ?? 0)} of your ${countText(minutesADay ?? 0)} minutes are left today: ${many} fit.`}{' '}
      <Text span size="sm" c="dimmed">
        {countText(call.minutes)} min where one can call, {countText(other.minutes)} min otherwise, {learnt}.
      </Text>
    </Text>
  );
}

type RowsProps = {
  readonly rows: readonly Row[];
  /** How many of them fit into the day; undefined where that is not known. */
  readonly fits: number | undefined;
  readonly chosen: ReadonlySet<string>;
  readonly mayChoose: boolean;
  onToggle(key: string): void;
};

function Rows(props: RowsProps) {
  return useIsNarrow() ? <Cards {...props} /> : <Wide {...props} />;
}

/** Where the day ends: a line between the rows that fit into it and the others. */
const DAY_ENDS = 'This is where your day ends';

function Wide({ rows, fits, chosen, mayChoose, onToggle }: RowsProps) {
  return (
    <Scroll minWidth={900} label="Worklist">
      <Table verticalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            {mayChoose ? <Table.Th aria-label="Choose" w={40} /> : null}
            <Table.Th className="numeric">Points</Table.Th>
            <Table.Th>Customer</Table.Th>
            <Table.Th>Why</Table.Th>
            <Table.Th className="numeric">Overdue</Table.Th>
            <Table.Th className="numeric">Likely unpaid</Table.Th>
            <Table.Th>Whose</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row, index) => (
            <Fragment key={keyOf(row)}>
              {index > 0 && index === fits ? (
                <Table.Tr>
                  <Table.Td colSpan={mayChoose ? 7 : 6}>
                    <Divider label={DAY_ENDS} />
                  </Table.Td>
                </Table.Tr>
              ) : null}
              <Table.Tr>
                {mayChoose ? (
                  <Table.Td>
                    <Choose row={row} chosen={chosen} onToggle={onToggle} />
                  </Table.Td>
                ) : null}
                <Table.Td className="numeric">
                  <Text fw={650}>{countText(row.points)}</Text>
                </Table.Td>
                <Table.Td>
                  <Who row={row} />
                </Table.Td>
                <Table.Td>
                  <Reasons reasons={row.reasons} />
                </Table.Td>
                <Table.Td className="numeric">
                  <Money value={row.overdue} />
                </Table.Td>
                <Table.Td className="numeric">
                  <Money value={row.expected} />
                </Table.Td>
                <Table.Td>
                  {row.owner?.name ?? '–'}
                  {row.isProtected ? <Protected /> : null}
                </Table.Td>
              </Table.Tr>
            </Fragment>
          ))}
        </Table.Tbody>
      </Table>
    </Scroll>
  );
}

/** On a phone: one below the other. */
function Cards({ rows, fits, chosen, mayChoose, onToggle }: RowsProps) {
  return (
    <Stack gap="lg" role="list" aria-label="Worklist">
      {rows.map((row, index) => (
        <Stack key={keyOf(row)} gap={4} role="listitem">
          {index > 0 && index === fits ? <Divider label={DAY_ENDS} /> : null}
          <Group justify="space-between" wrap="nowrap" align="flex-start">
            <Group gap="sm" wrap="nowrap" align="flex-start">
              {mayChoose ? <Choose row={row} chosen={chosen} onToggle={onToggle} /> : null}
              <Who row={row} />
            </Group>
            <Text fw={650}>{countText(row.points)}</Text>
          </Group>
          <Text size="sm">
            overdue <Money value={row.overdue} />, likely unpaid <Money value={row.expected} />
          </Text>
          <Reasons reasons={row.reasons} />
          {row.owner ? (
            <Text size="xs" c="dimmed">
              {row.owner.name}
              {row.isProtected ? ', protected' : ''}
            </Text>
          ) : null}
        </Stack>
      ))}
    </Stack>
  );
}

function Protected() {
  return (
    <Badge color="grape" ml={6}>
      protected
    </Badge>
  );
}

function Choose({ row, chosen, onToggle }: Pick<RowsProps, 'chosen' | 'onToggle'> & { readonly row: Row }) {
  return (
    <Checkbox
      aria-label={`Choose ${row.customer.name}`}
      checked={chosen.has(keyOf(row))}
      onChange={() => onToggle(keyOf(row))}
    />
  );
}

function Who({ row }: { readonly row: Row }) {
  return (
    <div>
      <TenantLink to={`worklist/next?company=${row.companyId}&customer=${row.customer.id}`}>
        {row.customer.name}
      </TenantLink>
      <Text size="xs" c="dimmed">
        {row.customer.number} · {row.companyCode}
        {row.lastSpokenOn ? ` · spoken to ${dayWords(row.lastSpokenOn)}` : ''}
      </Text>
      <Group gap={4}>
        {row.inHandOf ? (
          <Badge color="yellow" variant="light">
            in hand of {row.inHandOf}
          </Badge>
        ) : null}
        {row.notBefore ? (
          <Badge color="orange" variant="light">
            no call before {momentWords(row.notBefore)}
          </Badge>
        ) : null}
        {row.isDone ? (
          <Badge color="teal" variant="light">
            done today
          </Badge>
        ) : null}
        {row.snoozedUntil ? (
          <Badge color="gray" variant="light">
            off until {dayWords(row.snoozedUntil)}: {row.snoozeReason}
          </Badge>
        ) : null}
        {row.hiddenUntil ? (
          <Badge color="gray" variant="light">
            again {dayWords(row.hiddenUntil)}
          </Badge>
        ) : null}
      </Group>
    </div>
  );
}
