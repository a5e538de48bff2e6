// Statements of account that go out by themselves: when and to whom, what the next run would do, and what runs did.

import { Button, Tabs } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { listStatementRuns, listStatementSchedules } from '#statements/contract.ts';
import { useAddress } from '../../lib/address.ts';
import { useRead } from '../../lib/data.ts';
import { Page, Shown } from '../../ui/Page.tsx';
import { SignedNote } from '../signing/SignedNote.tsx';
import { Runs } from './Runs.tsx';
import { ScheduleDialog } from './ScheduleDialog.tsx';
import { Schedules } from './Schedules.tsx';
import type { Schedule } from './statement-words.ts';

/** How often runs that go on are asked how far they are. */
const RUN_REFRESH_MS = 1_500;

export default function StatementsPage() {
  const [search, setSearch] = useAddress();
  const [edited, setEdited] = useState<Schedule | 'new' | null>(null);
  const schedules = useRead(listStatementSchedules);
  const runs = useRead(
    listStatementRuns,
    {},
    {
      refreshMs: (last) =>
        last?.rows.some((run) => run.state === 'planning' || run.state === 'sending')
          ? RUN_REFRESH_MS
          : false,
    },
  );
  const waiting = runs.data?.rows.filter((run) => run.state === 'waiting').length ?? 0;
  const mayChange = schedules.data?.may.change === true;
  return (
    <Page
      title="Statements"
      subtitle="What each customer owes, said to the customer. Balances are read again in the moment of sending."
      actions={
        mayChange ? (
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setEdited('new')}>
            New schedule
          </Button>
        ) : null
      }
    >
      <SignedNote />
      <Tabs
        value={search.tab === 'runs' ? 'runs' : 'schedules'}
        onChange={(tab) => setSearch({ tab: tab ?? '' })}
        keepMounted={false}
      >
        <Tabs.List>
          <Tabs.Tab value="schedules">Schedules</Tabs.Tab>
          <Tabs.Tab value="runs">{waiting > 0 ? `Runs (${waiting} waiting)` : 'Runs'}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="schedules" pt="md">
          <Shown read={schedules}>
            {({ rows, may }) => (
              <Schedules
                schedules={rows}
                may={may}
                onEdit={setEdited}
                onStarted={(run) => setSearch({ tab: 'runs', run, schedule: '' })}
              />
            )}
          </Shown>
        </Tabs.Panel>
        <Tabs.Panel value="runs" pt="md">
          <Shown read={runs}>
            {({ rows }) => <Runs runs={rows} chosen={search.run} onChoose={(run) => setSearch({ run })} />}
          </Shown>
        </Tabs.Panel>
      </Tabs>
      {edited === null ? null : (
        <ScheduleDialog schedule={edited === 'new' ? undefined : edited} onClose={() => setEdited(null)} />
      )}
    </Page>
  );
}
