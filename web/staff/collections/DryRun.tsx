// A dry run: everything that would go out on a day, to whom and why, and who is left out. What is looked at is sent as it is, or some
// of it is skipped.

import { Accordion, Alert, Button, Checkbox, Drawer, Group, Kbd, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { planReminders } from '#collections/contract.ts';
import { summarizePlan } from '#forecasts/contract.ts';
import { useAddress } from '../../lib/address.ts';
import { rowsOf, usePages, useRead } from '../../lib/data.ts';
import { countText, dayWords } from '../../lib/format.ts';
import { useMay } from '../../lib/may.ts';
import { type Shortcut, useShortcuts } from '../../lib/shortcuts.ts';
import { Empty, Panel, Shown } from '../../ui/Page.tsx';
import { ShowMore } from '../../ui/ShowMore.tsx';
import { PlannedRow } from './PlannedRow.tsx';
import { PlanSummary } from './PlanSummary.tsx';
import { keyOf, type OfDay, type Planned, planOf } from './plan-words.ts';
import { ReminderPreview } from './ReminderPreview.tsx';
import { SkipDialog, type ToSkip } from './SkipDialog.tsx';

export function DryRun({ on, isApproved, today }: OfDay & { readonly today: string }) {
  const pages = usePages(planReminders, { query: planOf({ on, isApproved }) });
  const summary = useRead(summarizePlan, { query: planOf({ on, isApproved }) });
  const [looking, setLooking] = useState<Planned | null>(null);
  const [opened, setOpened] = useState<string | null>(null);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [skipping, setSkipping] = useState<readonly ToSkip[] | null>(null);
  const maySkip = useMay('reminder.send') && on >= today;
  const rows = rowsOf(pages.data);
  const toggle = (row: Planned): void => {
    const next = new Set(chosen);
    if (!next.delete(keyOf(row))) next.add(keyOf(row));
    setChosen(next);
  };
  const skipChosen = (): void => {
    const of = rows.filter((row) => chosen.has(keyOf(row)));
    if (of.length > 0) setSkipping(of.map(whole));
  };
  useRowKeys({
    rows,
    onLook: setLooking,
    onSkip: chosen.size > 0 ? skipChosen : (row) => setSkipping([whole(row)]),
    isChosen: chosen.size > 0,
    onToggle: toggle,
    maySkip,
  });
  return (
    <Stack>
      {on < today ? (
        <Alert color="gray" variant="light">
          Below is what a run made up for {dayWords(on)} would still say today, less what was said. It goes by
          what is known now: what is open, promised, disputed and on hold today, not then.
        </Alert>
      ) : null}
      {summary.data ? <PlanSummary summary={summary.data} isPast={on < today} /> : null}
      <Shown read={pages}>
        {() =>
          rows.length === 0 ? (
            <Panel>
              <Empty title={`Nothing is to be said on ${dayWords(on)}`}>
                No open item reaches a step by that day that was not said yet.
              </Empty>
            </Panel>
          ) : (
            <Stack gap="sm">
              <Group justify="space-between">
                {maySkip ? (
                  <Chosen count={chosen.size} onSkip={skipChosen} onNone={() => setChosen(new Set())} />
                ) : (
                  <span />
                )}
                <Keys maySkip={maySkip} />
              </Group>
              <Accordion variant="separated" value={opened} onChange={setOpened}>
                {rows.map((row) => (
                  <PlannedRow
                    key={keyOf(row)}
                    row={row}
                    tick={
                      maySkip && row.phase
                        ? { isOn: chosen.has(keyOf(row)), toggle: () => toggle(row) }
                        : undefined
                    }
                    onLook={() => setLooking(row)}
                    onSkip={maySkip ? (of) => setSkipping([of]) : undefined}
                  />
                ))}
              </Accordion>
              <ShowMore pages={pages} />
            </Stack>
          )
        }
      </Shown>
      <Drawer
        opened={looking !== null}
        onClose={() => setLooking(null)}
        position="right"
        size="lg"
        title="Exactly as it would be sent"
      >
        {looking ? <ReminderPreview row={looking} on={on} isApproved={isApproved} /> : null}
      </Drawer>
      {skipping ? (
        <SkipDialog
          of={skipping}
          on={on}
          onClose={() => {
            setSkipping(null);
            setChosen(new Set());
          }}
        />
      ) : null}
    </Stack>
  );
}

const whole = (row: Planned): ToSkip => ({
  companyId: row.companyId,
  customerId: row.customerId,
  name: row.customerName,
});

function Chosen({ count, onSkip, onNone }: { readonly count: number; onSkip(): void; onNone(): void }) {
  if (count === 0)
    return (
      <Text size="sm" c="dimmed">
        Tick customers to skip them.
      </Text>
    );
  return (
    <Group gap="xs">
      <Text size="sm" fw={600}>
        {countText(count)} chosen
      </Text>
      <Button size="compact-sm" variant="default" onClick={onSkip}>
        Skip them
      </Button>
      <Button size="compact-sm" variant="subtle" onClick={onNone}>
        Choose none
      </Button>
    </Group>
  );
}

function Keys({ maySkip }: { readonly maySkip: boolean }) {
  return (
    <Text size="xs" c="dimmed" className="hide-narrow">
      <Kbd size="xs">j</Kbd> <Kbd size="xs">k</Kbd> next, previous · <Kbd size="xs">v</Kbd> see the message
      {maySkip ? (
        <>
          {' '}
          · <Kbd size="xs">x</Kbd> tick · <Kbd size="xs">s</Kbd> skip
        </>
      ) : null}
    </Text>
  );
}

type RowKeys = {
  readonly rows: readonly Planned[];
  onLook(row: Planned): void;
  onSkip(row: Planned): void;
  onToggle(row: Planned): void;
  /** Some are ticked: they are skipped, whichever one has the focus. */
  readonly isChosen: boolean;
  readonly maySkip: boolean;
};

/** Keys that go from customer to customer; what they act on is the one that has the focus. */
function useRowKeys({ rows, onLook, onSkip, onToggle, isChosen, maySkip }: RowKeys): void {
  const here = (): number => {
    const key = document.activeElement?.getAttribute('data-plan-row');
    return rows.findIndex((row) => keyOf(row) === key);
  };
  const go = (by: number): void => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, here() + by))];
    if (!row) return;
    const all = document.querySelectorAll<HTMLElement>('[data-plan-row]');
    for (const one of all) if (one.dataset.planRow === keyOf(row)) one.focus();
  };
  const at = (act: (row: Planned) => void) => (): void => {
    const row = rows[here()];
    if (row?.phase) act(row);
  };
  const skip = (): void => {
    const [first] = rows;
    if (isChosen && first) onSkip(first);
    else at(onSkip)();
  };
  const shortcuts: readonly Shortcut[] = [
    { keys: 'j', does: 'Next customer', run: () => go(1) },
    { keys: 'k', does: 'Previous customer', run: () => go(-1) },
    { keys: 'v', does: 'See the message', run: at(onLook) },
    ...(maySkip
      ? [
          { keys: 'x', does: 'Tick the customer', run: at(onToggle) },
          { keys: 's', does: 'Skip the customer, or those that are ticked', run: skip },
        ]
      : []),
  ];
  useShortcuts(shortcuts);
}

/** How many steps wait for a person, to be sent with the others; none, and nothing is asked. */
export function ForPerson({ on, isApproved }: OfDay) {
  const [, setSearch] = useAddress();
  // The same question as the page asks, so that the day is planned once.
  const summary = useRead(summarizePlan, { query: planOf({ on, isApproved }) });
  const maySend = useMay('reminder.send');
  const waiting = summary.data?.forPerson ?? 0;
  if (!maySend || (waiting === 0 && !isApproved)) return null;
  return (
    <Checkbox
      label={`Also send what waits for a person (${countText(waiting)})`}
      description="Steps that do not go out by themselves. What is shown below, and what is sent, then has them in it."
      checked={isApproved}
      onChange={(event) => setSearch({ approved: event.currentTarget.checked ? 'true' : '' })}
    />
  );
}
