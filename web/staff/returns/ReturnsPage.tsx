// Payments that came back: what banks told that waits for a person, what returned payments ask for, and what was done.

import { Button, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconArrowBackUp, IconCash } from '@tabler/icons-react';
import { useState } from 'react';
import { listReturnedPayments, listReturnNotices } from '#returns/contract.ts';
import { useAddress } from '../../lib/address.ts';
import { type MorePages, rowsOf, usePages } from '../../lib/data.ts';
import { useMay } from '../../lib/may.ts';
import { Empty, Page, Panel, Shown } from '../../ui/Page.tsx';
import { ShowMore } from '../../ui/ShowMore.tsx';
import { Corrections } from './Corrections.tsx';
import { FeeDialog } from './FeeDialog.tsx';
import { NoticeCard } from './NoticeCard.tsx';
import { ReturnedCard } from './ReturnedCard.tsx';

const PARTS = [
  { value: 'waiting', label: 'To match' },
  { value: 'to_follow_up', label: 'To do' },
  { value: 'done', label: 'Done' },
  { value: 'decided', label: 'Notices' },
  { value: 'ach', label: 'ACH' },
] as const;
type Part = Exclude<(typeof PARTS)[number]['value'], 'ach'>;

const NOTHING: Readonly<Record<Part, { readonly title: string; readonly says: string }>> = {
  waiting: {
    title: 'No return waits',
    says: 'Returns that name their payment are booked by themselves; others appear here with the payments that may be meant.',
  },
  to_follow_up: {
    title: 'Nothing is left to do',
    says: 'Each payment that comes back stands here until somebody did what its reason asks for.',
  },
  done: { title: 'Nothing was done yet', says: 'What was followed up is kept here.' },
  decided: { title: 'No notices yet', says: 'What banks told of returns is kept here.' },
};

export default function ReturnsPage() {
  const [search, setSearch] = useAddress();
  const part = PARTS.find(({ value }) => value === search.part)?.value ?? 'waiting';
  const mayFee = useMay('charge.configure');
  const [setting, setSetting] = useState(false);
  return (
    <Page
      title="Returned payments"
      subtitle="Money that the bank took back. What it had paid is open again, due when it was due."
      actions={
        mayFee ? (
          <Button
            variant="default"
            leftSection={<IconCash size={16} aria-hidden />}
            onClick={() => setSetting(true)}
          >
            Fee asked of payers
          </Button>
        ) : null
      }
    >
      <Group>
        <SegmentedControl
          aria-label="Which returns"
          data={[...PARTS]}
          value={part}
          onChange={(value) => setSearch({ part: value === 'waiting' ? '' : value })}
        />
      </Group>
      {part === 'ach' ? (
        <Corrections />
      ) : part === 'waiting' || part === 'decided' ? (
        <Notices key={part} part={part} />
      ) : (
        <Returned key={part} part={part} />
      )}
      {setting ? <FeeDialog onClose={() => setSetting(false)} /> : null}
    </Page>
  );
}

function Notices({ part }: { readonly part: 'waiting' | 'decided' }) {
  const pages = usePages(listReturnNotices, { query: { state: part } });
  return (
    <Shown read={pages}>
      {() => (
        <Rows part={part} pages={pages}>
          {rowsOf(pages.data).map((notice) => (
            <NoticeCard key={notice.noticeId} notice={notice} />
          ))}
        </Rows>
      )}
    </Shown>
  );
}

function Returned({ part }: { readonly part: 'to_follow_up' | 'done' }) {
  const pages = usePages(listReturnedPayments, { query: { state: part } });
  return (
    <Shown read={pages}>
      {() => (
        <Rows part={part} pages={pages}>
          {rowsOf(pages.data).map((row) => (
            <ReturnedCard key={row.paymentId} row={row} />
          ))}
        </Rows>
      )}
    </Shown>
  );
}

type RowsProps = {
  readonly part: Part;
  readonly pages: MorePages;
  readonly children: readonly React.ReactNode[];
};

function Rows({ part, pages, children }: RowsProps) {
  if (children.length === 0)
    return (
      <Panel>
        <Empty icon={<IconArrowBackUp size={36} stroke={1.4} />} title={NOTHING[part].title}>
          {NOTHING[part].says}
        </Empty>
      </Panel>
    );
  return (
    <Stack>
      {children}
      {pages.hasNextPage ? (
        <ShowMore pages={pages} />
      ) : (
        <Text size="xs" c="dimmed">
          That is all.
        </Text>
      )}
    </Stack>
  );
}
