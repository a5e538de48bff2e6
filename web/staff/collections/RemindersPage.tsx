// Reminders: what would go out on a day, to whom and why; who is left out and why; the weeks to come; and starting the run.

import { Alert, Button, SegmentedControl, SimpleGrid, Stack, Tabs, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconSend } from '@tabler/icons-react';
import { readCadence, startReminderRun } from '#collections/contract.ts';
import { summarizePlan } from '#forecasts/contract.ts';
import { me } from '#identity/contract.ts';
import { useAddress, useGo } from '../../lib/address.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { countText } from '../../lib/format.ts';
import { useMay } from '../../lib/may.ts';
import { heading } from '../../lib/words.ts';
import { DayField } from '../../ui/DayField.tsx';
import { Page, Panel, Shown, Trouble } from '../../ui/Page.tsx';
import { useTabInView } from '../../ui/useTabInView.ts';
import { WideHoldAlerts } from '../holds/HoldAlerts.tsx';
import { DryRun, ForPerson } from './DryRun.tsx';
import { PastDay } from './PastDay.tsx';
import { planOf } from './plan-words.ts';
import { ReminderCalendar } from './ReminderCalendar.tsx';
import { ReminderRuns } from './ReminderRuns.tsx';
import { RunsOfDay } from './RunsOfDay.tsx';

export default function RemindersPage() {
  const [search, setSearch] = useAddress();
  const today = useRead(me).data?.today ?? '';
  const on = search.on ?? today;
  const tab = search.tab ?? 'plan';
  const tabInView = useTabInView(tab);
  // Whoever sends has the tick before them.
  const isApproved = tab === 'plan' && search.approved === 'true';
  // Of a past day what was known then is shown first; what would still be said of it is another question.
  const isPast = on !== '' && on < today;
  const isThen = isPast && search.known !== 'now';
  const start = useCommand(startReminderRun);
  const maySend = useMay('reminder.send');
  const go = useGo();
  const seen = useRead(
    summarizePlan,
    { query: planOf({ on, isApproved }) },
    { enabled: on !== '' && tab === 'plan' && !isThen },
  );
  const fingerprint = tab === 'plan' && !seen.isPlaceholderData ? seen.data?.fingerprint : undefined;
  const run = (): void =>
    start.mutate(
      { body: { on, ...(isApproved ? { approved: true } : {}), ...(fingerprint ? { fingerprint } : {}) } },
      {
        onError: () => void seen.refetch(),
        onSuccess: ({ runs }) => {
          const customers = runs.reduce((sum, r) => sum + r.customers, 0);
          notifications.show({
            title: 'The run is going on',
            message: `${countText(customers)} customers. Messages appear in the outbox.`,
          });
          setSearch({ tab: 'runs', approved: '' });
        },
      },
    );
  return (
    <Page
      title="Reminders"
      subtitle="One message to each customer about all that is due. Balances are read again in the moment of sending."
      actions={
        <>
          <Button variant="default" onClick={() => go('outbox')}>
            Outbox
          </Button>
          {maySend && tab === 'plan' && !isThen ? (
            <Button
              leftSection={<IconSend size={16} aria-hidden />}
              loading={start.isPending}
              disabled={on > today || fingerprint === undefined || seen.data?.said.messages === 0}
              onClick={run}
            >
              Send what is due
            </Button>
          ) : null}
        </>
      }
    >
      {start.error ? <Trouble problem={start.error} /> : null}
      <WideHoldAlerts />
      <Tabs value={tab} onChange={(chosen) => setSearch({ tab: chosen ?? '' })} keepMounted={false}>
        <Tabs.List ref={tabInView}>
          <Tabs.Tab value="plan">What would go out</Tabs.Tab>
          <Tabs.Tab value="calendar">Calendar</Tabs.Tab>
          <Tabs.Tab value="runs">Runs</Tabs.Tab>
          <Tabs.Tab value="steps">Steps</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="plan" pt="md">
          <Stack>
            <DayField
              label="On"
              value={on}
              onChange={(day) => setSearch({ on: day, approved: '', known: '' })}
              width={220}
            />
            {isPast ? (
              <>
                <RunsOfDay on={on} />
                <Known isThen={isThen} onChange={(known) => setSearch({ known, approved: '' })} />
              </>
            ) : null}
            {on === '' ? null : isThen ? (
              <PastDay key={on} on={on} />
            ) : (
              <>
                <ForPerson on={on} isApproved={isApproved} />
                <DryRun key={on} on={on} isApproved={isApproved} today={today} />
              </>
            )}
          </Stack>
        </Tabs.Panel>
        <Tabs.Panel value="calendar" pt="md">
          <ReminderCalendar onOpen={(day) => setSearch({ tab: 'plan', on: day, approved: '' })} />
        </Tabs.Panel>
        <Tabs.Panel value="runs" pt="md">
          <ReminderRuns />
        </Tabs.Panel>
        <Tabs.Panel value="steps" pt="md">
          <Cadence />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

function Known({ isThen, onChange }: { readonly isThen: boolean; onChange(known: string): void }) {
  return (
    <SegmentedControl
      aria-label="By what was known"
      value={isThen ? '' : 'now'}
      onChange={onChange}
      data={[
        { value: '', label: 'As known then' },
        { value: 'now', label: 'Still to be said' },
      ]}
      style={{ alignSelf: 'flex-start' }}
    />
  );
}

function Cadence() {
  const read = useRead(readCadence);
  return (
    <Shown read={read}>
      {(cadence) => (
        <Panel title={cadence.name}>
          <Stack>
            <Alert variant="light" color="blue">
              {cadence.runsDaily
                ? `Goes out by itself every day from ${cadence.runsAt} on.`
                : 'Nothing goes out by itself until somebody starts a first run.'}
            </Alert>
            <SimpleGrid cols={{ base: 1, xs: 2, md: cadence.steps.length }}>
              {cadence.steps.map((step) => (
                <Panel key={step.step}>
                  <Text size="xs" c="dimmed">
                    {offsetWords(step.offsetDays)}
                  </Text>
                  <Text fw={600}>{heading(step.phase)}</Text>
                </Panel>
              ))}
            </SimpleGrid>
          </Stack>
        </Panel>
      )}
    </Shown>
  );
}

function offsetWords(days: number): string {
  if (days === 0) return 'on the due date';
  return days < 0 ? `${-days} days before it is due` : `${days} days late`;
}
