// The schedules of statements, each with what it does next.

import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import {
  IconCalendarRepeat,
  IconEye,
  IconPencil,
  IconPlayerPause,
  IconPlayerPlay,
  IconSend,
} from '@tabler/icons-react';
import { pauseStatementSchedule, removeStatementSchedule, startStatementRun } from '#statements/contract.ts';
import { useAddress } from '../../lib/address.ts';
import { useCommand } from '../../lib/data.ts';
import { amountText, dayWords } from '../../lib/format.ts';
import { ConfirmButton } from '../../ui/FormTools.tsx';
import { Empty, Panel, Trouble } from '../../ui/Page.tsx';
import { minorText } from '../payments/amounts.ts';
import { NextRun } from './NextRun.tsx';
import { audienceWords, KIND_WORDS, rhythmWords, type Schedule } from './statement-words.ts';

type SchedulesProps = {
  readonly schedules: readonly Schedule[];
  readonly may: { readonly change: true | string; readonly send: true | string };
  onEdit(schedule: Schedule | 'new'): void;
  onStarted(runId: string): void;
};

export function Schedules({ schedules, may, onEdit, onStarted }: SchedulesProps) {
  const [search, setSearch] = useAddress();
  if (schedules.length === 0)
    return (
      <Panel>
        <Empty
          icon={<IconCalendarRepeat size={36} stroke={1.4} />}
          title="No statements go out by themselves"
          action={
            may.change === true ? (
              <Button mt="xs" onClick={() => onEdit('new')}>
                Make a schedule
              </Button>
            ) : null
          }
        >
          Say how often, to whom and from which balance on. You see everybody who would get one before
          anything is sent.
        </Empty>
      </Panel>
    );
  return (
    <Stack>
      {schedules.map((schedule) => (
        <Panel
          key={schedule.scheduleId}
          title={schedule.name}
          actions={schedule.pausedOn ? <Badge color="orange">paused</Badge> : undefined}
        >
          <Stack gap="sm">
            <Facts schedule={schedule} />
            <Actions schedule={schedule} may={may} onEdit={onEdit} onStarted={onStarted} />
            {search.schedule === schedule.scheduleId ? (
              <NextRun schedule={schedule} onClose={() => setSearch({ schedule: '' })} />
            ) : null}
          </Stack>
        </Panel>
      ))}
    </Stack>
  );
}

function Facts({ schedule }: { readonly schedule: Schedule }) {
  const { company, minimumMinor, next, pausedOn } = schedule;
  const details = [
    KIND_WORDS[schedule.kind],
    audienceWords(schedule),
    ...(schedule.groups ? ['one for each group'] : []),
    ...(schedule.allCompanies ? ['of all companies'] : []),
    ...(minimumMinor === '0'
      ? []
      : [
          `from ${amountText(minorText(minimumMinor, company.currency), company.currency)} ${company.currency} on`,
        ]),
    ...(schedule.skipsUnchanged ? ['only if something changed'] : []),
    schedule.needsApproval ? 'after a person agreed' : 'without asking',
  ];
  return (
    <div>
      <Text size="sm">
        {rhythmWords(schedule)} · {company.name}
      </Text>
      <Text size="sm" c="dimmed">
        {details.join(', ')}
      </Text>
      <Text size="sm" mt={4}>
        {pausedOn ? (
          <>Paused since {dayWords(pausedOn)}: nothing goes out.</>
        ) : (
          <>
            Next: <b>{dayWords(next.asOf)}</b>, sent once that day is over
          </>
        )}
      </Text>
    </div>
  );
}

function Actions({
  schedule,
  may,
  onEdit,
  onStarted,
}: Omit<SchedulesProps, 'schedules'> & { readonly schedule: Schedule }) {
  const [search, setSearch] = useAddress();
  const pause = useCommand(pauseStatementSchedule);
  const end = useCommand(removeStatementSchedule);
  const start = useCommand(startStatementRun);
  const { scheduleId, name } = schedule;
  const params = { scheduleId };
  const paused = schedule.pausedOn !== null;
  const isShown = search.schedule === scheduleId;
  const startNow = async (): Promise<void> => {
    const { runId } = await start.mutateAsync({ body: { scheduleId } });
    if (runId) onStarted(runId);
    else notifications.show({ message: 'The latest due day has its run already. See it under Runs.' });
  };
  return (
    <>
      {pause.error ? <Trouble problem={pause.error} /> : null}
      <Group gap="xs">
        <Button
          size="compact-sm"
          variant="light"
          aria-expanded={isShown}
          aria-label={`Next run of ${name}`}
          leftSection={<IconEye size={14} aria-hidden />}
          onClick={() => setSearch({ schedule: isShown ? '' : scheduleId })}
        >
          Next run
        </Button>
        {may.send === true ? (
          <ConfirmButton
            label="Run now"
            spoken={`Run now: ${name}`}
            title="State the latest due day now?"
            says={
              schedule.needsApproval
                ? 'Customers are looked at as of the latest day that was due. Nothing is sent before you agree.'
                : 'Customers are written to as of the latest day that was due. A day that has its run gets no second one.'
            }
            confirmLabel="Run it"
            leftSection={<IconSend size={14} aria-hidden />}
            act={startNow}
          />
        ) : null}
        {may.change === true ? (
          <>
            <Button
              size="compact-sm"
              variant="default"
              aria-label={`Change ${name}`}
              leftSection={<IconPencil size={14} aria-hidden />}
              onClick={() => onEdit(schedule)}
            >
              Change
            </Button>
            <Button
              size="compact-sm"
              variant="default"
              aria-label={paused ? `Go on with ${name}` : `Pause ${name}`}
              loading={pause.isPending}
              leftSection={
                paused ? <IconPlayerPlay size={14} aria-hidden /> : <IconPlayerPause size={14} aria-hidden />
              }
              onClick={() => pause.mutate({ params, body: { paused: !paused } })}
            >
              {paused ? 'Go on' : 'Pause'}
            </Button>
            <ConfirmButton
              label="End"
              spoken={`End ${name}`}
              title={`End ${name}?`}
              says="No further statements go out by it. Its runs and what was sent stay."
              confirmLabel="End it"
              act={() => end.mutateAsync({ params })}
            />
          </>
        ) : null}
      </Group>
    </>
  );
}
