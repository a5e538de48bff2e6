// Everything that happened with a customer, newest first: documents, money, every contact with its proof, what was agreed, and the work.

import { Badge, Blockquote, Button, Chip, Group, Select, Stack, Text } from '@mantine/core';
import { useIntersection } from '@mantine/hooks';
import {
  IconArrowForwardUp,
  IconCalendarCheck,
  IconCash,
  IconChecklist,
  IconDownload,
  IconFileInvoice,
  IconFileText,
  IconGavel,
  IconHandStop,
  IconLink,
  IconMail,
  IconMailForward,
  IconMessageExclamation,
  IconNote,
  IconPencil,
  IconPhone,
  IconTrash,
} from '@tabler/icons-react';
import { type ReactNode, useEffect, useMemo } from 'react';
import { exportCustomerTimeline, listCustomerItems, readCustomerTimeline } from '#reporting/contract.ts';
import { useAddress } from '../../lib/address.ts';
import { type MorePages, readOn, rowsOf, usePages } from '../../lib/data.ts';
import { saveFile } from '../../lib/file.ts';
import { momentWords } from '../../lib/format.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { useTenant } from '../../lib/tenant.ts';
import { plainWords } from '../../lib/words.ts';
import { History } from '../../ui/History.tsx';
import { Money } from '../../ui/Money.tsx';
import { Empty, Shown } from '../../ui/Page.tsx';
import { ShowMore } from '../../ui/ShowMore.tsx';
import { StateBadge } from '../../ui/StateBadge.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { SEVERITY_WORDS, SIGNAL_WORDS } from '../delivery/channel-words.ts';
import {
  factWords,
  GROUPS,
  type Happening,
  happeningPath,
  quotedWords,
  stateOf,
  titleWords,
  whenWords,
} from './timeline-words.ts';

const ICONS: Readonly<Record<Happening['kind'], ReactNode>> = {
  invoice: <IconFileInvoice size={15} />,
  credit_note: <IconFileText size={15} />,
  payment: <IconCash size={15} />,
  application: <IconLink size={15} />,
  write_off: <IconTrash size={15} />,
  message: <IconMailForward size={15} />,
  mail: <IconMail size={15} />,
  call: <IconPhone size={15} />,
  promise: <IconCalendarCheck size={15} />,
  dispute: <IconMessageExclamation size={15} />,
  hold: <IconHandStop size={15} />,
  hand_over: <IconArrowForwardUp size={15} />,
  news: <IconGavel size={15} />,
  task: <IconChecklist size={15} />,
  note: <IconNote size={15} />,
  event: <IconPencil size={15} />,
};

/** The colours of what is said of a message: it arrived, somebody read it, it did not get there. */
const PROOF_COLORS: Readonly<Record<string, string>> = {
  delivered: 'teal',
  displayed: 'teal',
  viewed: 'teal',
  posted: 'teal',
  accepted: 'teal',
  approved: 'teal',
  handed_over: 'blue',
  delayed: 'orange',
  bounced: 'red',
  rejected: 'red',
  returned: 'red',
  complained: 'red',
};

const ENTRY = '[data-happening]';

/** Puts the focus on the next (1) or previous (-1) thing that happened. */
function move(step: 1 | -1): void {
  const entries = [...document.querySelectorAll<HTMLElement>(ENTRY)];
  const at = entries.findIndex((entry) => entry.contains(document.activeElement));
  const next = entries[at === -1 ? 0 : at + step];
  (next?.querySelector<HTMLElement>('a') ?? next)?.focus();
}

const SHORTCUTS = [
  { keys: 'j', does: 'What happened before', run: () => move(1) },
  { keys: 'k', does: 'What happened after', run: () => move(-1) },
];

export function CustomerTimeline({ customerId }: { readonly customerId: string }) {
  const [search, setSearch] = useAddress();
  const tenant = useTenant();
  const group = GROUPS.find((one) => one.value === (search.shows ?? '')) ?? GROUPS[0];
  const query = {
    ...(group && group.kinds.length > 0 ? { kinds: group.kinds.join(',') } : {}),
    ...(search.item ? { itemId: search.item } : {}),
  };
  const params = { customerId };
  const pages = usePages(readCustomerTimeline, { params, query });
  const rows = rowsOf(pages.data);
  useShortcuts(SHORTCUTS);
  return (
    <Stack>
      <Group justify="space-between" align="flex-end">
        <Chip.Group value={group?.value ?? ''} onChange={(value) => setSearch({ shows: String(value) })}>
          <Group gap={6} role="radiogroup" aria-label="What to show">
            {GROUPS.map((one) => (
              <Chip key={one.value} value={one.value} size="sm" variant="light">
                {one.label}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
        <Group gap="xs" align="flex-end">
          <ItemChoice
            customerId={customerId}
            value={search.item ?? null}
            onChange={(item) => setSearch({ item: item ?? '' })}
          />
          <Button
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
            onClick={() => void saveFile(exportCustomerTimeline, { params, query }, tenant)}
          >
            CSV
          </Button>
        </Group>
      </Group>
      <Shown read={pages}>
        {() =>
          rows.length === 0 ? (
            <Empty title="Nothing of this happened yet">
              {query.kinds || query.itemId
                ? 'Choose Everything, or all items, to see what did.'
                : 'The first invoice, payment or message will stand here.'}
            </Empty>
          ) : (
            <>
              <History
                entries={rows.map((row) => ({
                  key: `${row.kind}${row.id}`,
                  icon: ICONS[row.kind],
                  title: <Title row={row} customerId={customerId} />,
                  children: <More row={row} />,
                  when: whenWords(row),
                }))}
              />
              <ReadsOn pages={pages} />
            </>
          )
        }
      </Shown>
    </Stack>
  );
}

/** Which open item the timeline is about. */
function ItemChoice({
  customerId,
  value,
  onChange,
}: {
  readonly customerId: string;
  readonly value: string | null;
  onChange(itemId: string | null): void;
}) {
  const items = usePages(listCustomerItems, { params: { customerId } });
  const rows = rowsOf(items.data);
  const data = useMemo(() => {
    const known = rows.map((row) => ({ value: row.id, label: row.reference }));
    const isKnown = value === null || known.some((one) => one.value === value);
    return isKnown ? known : [...known, { value, label: 'the chosen item' }];
  }, [rows, value]);
  return (
    <Select
      aria-label="Only about an open item"
      placeholder="All items"
      data={data}
      value={value}
      onChange={onChange}
      searchable
      clearable
      w={200}
    />
  );
}

function Title({ row, customerId }: { readonly row: Happening; readonly customerId: string }) {
  const path = happeningPath(row, customerId);
  const { what, which } = titleWords(row);
  const state = stateOf(row);
  const words = (
    <>
      <Text span fw={600} inherit>
        {what}
      </Text>{' '}
      {which}
      {row.amount ? (
        <>
          {which ? ' · ' : ''}
          <Money value={row.amount} />
        </>
      ) : null}
    </>
  );
  return (
    <Group gap={8} data-happening={row.kind} tabIndex={path ? undefined : -1}>
      <span
        style={{
          overflowWrap: 'anywhere',
          textDecoration: row.kind === 'call' && row.details.corrected ? 'line-through' : undefined,
        }}
      >
        {path ? (
          <TenantLink to={path} quiet>
            {words}
          </TenantLink>
        ) : (
          words
        )}
      </span>
      {state ? <StateBadge state={state} /> : null}
    </Group>
  );
}

function More({ row }: { readonly row: Happening }) {
  const facts = factWords(row);
  const quoted = quotedWords(row);
  return (
    <Stack gap={4} my={2}>
      {facts ? (
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {facts}
        </Text>
      ) : null}
      {quoted ? (
        <Blockquote p="6px 12px" color="gray">
          <Text size="sm" style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>
            {quoted}
          </Text>
        </Blockquote>
      ) : null}
      {row.proofs.length > 0 ? (
        <Group gap={6} role="list" aria-label="Proof">
          {row.proofs.map((proof) => (
            <Badge
              key={`${proof.kind}${proof.at}`}
              role="listitem"
              variant="light"
              tt="none"
              fw={500}
              color={PROOF_COLORS[proof.kind] ?? 'gray'}
              title={proof.detail}
            >
              {SIGNAL_WORDS[proof.kind] ?? plainWords(proof.kind)}
              {proof.severity ? `: ${SEVERITY_WORDS[proof.severity] ?? proof.severity}` : ''} ·{' '}
              {momentWords(proof.at)}
            </Badge>
          ))}
        </Group>
      ) : null}
    </Stack>
  );
}

/** Reads on by itself once it comes near; a button for those who do not scroll. */
function ReadsOn({ pages }: { readonly pages: MorePages }) {
  const { ref, entry } = useIntersection({ rootMargin: '400px' });
  const isNear = entry?.isIntersecting === true;
  const { isFetchingNextPage } = pages;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a page that was read may leave the end in view
  useEffect(() => {
    if (isNear) readOn(pages);
  }, [isNear, isFetchingNextPage]);
  return (
    <div ref={ref}>
      <ShowMore pages={pages} words="Show what happened before" />
    </div>
  );
}
