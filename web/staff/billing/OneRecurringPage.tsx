// One recurring invoice: what is agreed, what was invoiced, and what comes next.

import { Button, Grid, Group, Stack, Table } from '@mantine/core';
import { IconPencil, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { pauseRecurring, readRecurring } from '#billing/contract.ts';
import { me } from '#identity/contract.ts';
import { useGo, usePathPart } from '../../lib/address.ts';
import type { Reply } from '../../lib/api.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { dayWords } from '../../lib/format.ts';
import { useMay } from '../../lib/may.ts';
import { Facts } from '../../ui/Facts.tsx';
import { Page, Panel, Shown, Trouble } from '../../ui/Page.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { PeriodTimeline } from './PeriodTimeline.tsx';
import { recurrenceWords } from './recurring-words.ts';

export default function OneRecurringPage() {
  const recurringId = usePathPart('recurringId');
  const read = useRead(readRecurring, { params: { recurringId } });
  return <Shown read={read}>{(recurring) => <RecurringShown recurring={recurring} />}</Shown>;
}

/** Periods to come that are shown at first. */
const NEXT_SHOWN = 12;

function RecurringShown({ recurring }: { readonly recurring: Reply<typeof readRecurring> }) {
  const go = useGo();
  const today = useRead(me).data?.today ?? '';
  const mayIssue = useMay('invoice.issue');
  const pause = useCommand(pauseRecurring);
  const paused = recurring.pausedOn !== null;
  return (
    <Page
      title={recurring.name}
      subtitle={
        <>
          {recurrenceWords(recurring)} for{' '}
          {recurring.customer ? (
            <TenantLink to={`customers/${recurring.customer.id}`}>{recurring.customer.name}</TenantLink>
          ) : null}
        </>
      }
      actions={
        mayIssue ? (
          <>
            <Button
              variant="default"
              loading={pause.isPending}
              leftSection={
                paused ? <IconPlayerPlay size={16} aria-hidden /> : <IconPlayerPause size={16} aria-hidden />
              }
              onClick={() =>
                pause.mutate({ params: { recurringId: recurring.id }, body: { paused: !paused } })
              }
            >
              {paused ? 'Go on' : 'Pause'}
            </Button>
            <Button
              leftSection={<IconPencil size={16} aria-hidden />}
              onClick={() => go(`invoices/recurring/${recurring.id}/change`)}
            >
              Change
            </Button>
          </>
        ) : null
      }
    >
      {pause.error ? <Trouble problem={pause.error} /> : null}
      <Grid>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Agreed recurring={recurring} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Panel title="Periods">
            <PeriodTimeline
              invoiced={recurring.invoiced}
              next={recurring.next.slice(0, NEXT_SHOWN)}
              today={today}
            />
          </Panel>
        </Grid.Col>
      </Grid>
    </Page>
  );
}

function Agreed({ recurring }: { readonly recurring: Reply<typeof readRecurring> }) {
  const lines = Array.isArray(recurring.body.lines)
    ? (recurring.body.lines as Record<string, unknown>[])
    : [];
  const facts = [
    ['From', dayWords(recurring.startsOn)],
    ['Until', recurring.endsOn === null ? 'further notice' : dayWords(recurring.endsOn)],
    ['Invoiced', recurring.timing === 'advance' ? 'on the first day of the period' : 'on its last day'],
    ['Makes', recurring.mode === 'issue' ? 'invoices, issued by themselves' : 'drafts to look at'],
    ['Short periods', recurring.prorates ? 'cost their share of days' : 'cost the whole price'],
    ['Prices rise', recurring.yearlyPercent === null ? null : `${recurring.yearlyPercent} % each year`],
    ...recurring.priceSteps.map((step) => [`From ${dayWords(step.from)}`, `${step.percent} %`] as const),
    ['If unpaid', recurring.stopsWhenUnpaid ? 'nothing further while one is overdue' : null],
    ['Paused', recurring.pausedOn === null ? null : `since ${dayWords(recurring.pausedOn)}`],
  ] as const;
  return (
    <Stack>
      <Panel title="Agreed">
        <Facts facts={facts} />
      </Panel>
      <Panel title="Lines of a whole period">
        <Table>
          <Table.Tbody>
            {lines.map((line, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines have no name of their own and are not moved here
              <Table.Tr key={index}>
                <Table.Td style={{ whiteSpace: 'pre-line' }}>{String(line.description ?? '')}</Table.Td>
                <Table.Td className="numeric">
                  <Group gap={4} justify="flex-end" wrap="nowrap">
                    {String(line.quantity ?? '')} × {String(line.unitPrice ?? '')}
                  </Group>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Panel>
    </Stack>
  );
}
