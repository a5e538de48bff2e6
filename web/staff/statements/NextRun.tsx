// What the next run of a schedule would do as things are now: who gets what, who is left out and why, and the paper of each.

import { Button, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { previewStatementRun } from '#statements/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { rowsOf, usePages } from '../../lib/data.ts';
import { countText, dayWords } from '../../lib/format.ts';
import { Empty, Shown } from '../../ui/Page.tsx';
import { ShowMore } from '../../ui/ShowMore.tsx';
import { PaperDrawer, type PaperWanted } from './PaperDrawer.tsx';
import { StatementTable } from './StatementTable.tsx';
import { KIND_WORDS, type Schedule } from './statement-words.ts';

type Planned = Reply<typeof previewStatementRun>['rows'][number];

export function NextRun({ schedule, onClose }: { readonly schedule: Schedule; onClose(): void }) {
  const [shown, setShown] = useState('all');
  const [paper, setPaper] = useState<PaperWanted | null>(null);
  const pages = usePages(previewStatementRun, { params: { scheduleId: schedule.scheduleId } });
  const rows = rowsOf(pages.data);
  const getting = rows.filter((row) => row.reason === null);
  const leftOut = rows.filter((row) => row.reason !== null);
  const period = pages.data?.pages[0]?.period;
  const more = pages.hasNextPage ? '+' : '';
  const toPaper = (row: Planned): PaperWanted => ({
    customer: row.customer,
    kind: row.kind,
    companyId: schedule.company.id,
    isGroup: schedule.groups,
    allCompanies: schedule.allCompanies,
    from: period?.from ?? '',
    asOf: period?.asOf ?? '',
  });
  const chosen = shown === 'all' ? rows : shown === 'getting' ? getting : leftOut;
  return (
    <Shown read={pages}>
      {() => (
        <Stack gap="sm">
          <Group justify="space-between" gap="xs">
            <Text size="sm" fw={600}>
              {period
                ? `As of ${dayWords(period.asOf)}${schedule.kind === 'balance_forward' ? `, from ${dayWords(period.from)}` : ''}`
                : ''}
            </Text>
            <Button size="compact-xs" variant="subtle" onClick={onClose}>
              Close
            </Button>
          </Group>
          <SegmentedControl
            aria-label="Which customers"
            size="xs"
            data={[
              { value: 'all', label: `All ${countText(rows.length)}${more}` },
              { value: 'getting', label: `Get one: ${countText(getting.length)}${more}` },
              { value: 'left', label: `Left out: ${countText(leftOut.length)}${more}` },
            ]}
            value={shown}
            onChange={setShown}
          />
          {chosen.length === 0 ? (
            <Empty title={rows.length === 0 ? 'Nobody has an account yet' : 'Nobody'} />
          ) : (
            <StatementTable
              label={`Next run of ${schedule.name}`}
              rows={chosen.map((row) => ({
                ...row,
                id: row.customer.id,
                how: [
                  KIND_WORDS[row.kind],
                  row.members > 1 ? `with ${countText(row.members - 1)} below` : '',
                  row.recipient ?? '',
                ]
                  .filter((part) => part !== '')
                  .join(' · '),
                ...(row.balances.length > 0 || row.reason === null
                  ? { onPaper: () => setPaper(toPaper(row)) }
                  : {}),
              }))}
            />
          )}
          <ShowMore pages={pages} />
          <PaperDrawer wanted={paper} onClose={() => setPaper(null)} />
        </Stack>
      )}
    </Shown>
  );
}
