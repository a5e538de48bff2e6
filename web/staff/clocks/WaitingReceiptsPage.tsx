// Receipts that wait to be applied: how long each has waited by its company's clock, whose it is, and how fast receipts were applied
// and matched in the months before.

import {
  Badge,
  Button,
  Group,
  NumberInput,
  Progress,
  Select,
  SimpleGrid,
  Stack,
  Table,
  Text,
} from '@mantine/core';
import { IconClock, IconClockCheck } from '@tabler/icons-react';
import { useState } from 'react';
import {
  assignWaitingReceipts,
  listWaitingReceipts,
  readReceiptFigures,
  setReceiptClock,
} from '#clocks/contract.ts';
import { useGo } from '../../lib/address.ts';
import type { Reply } from '../../lib/api.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { countText, momentWords } from '../../lib/format.ts';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { Figure } from '../../ui/Figure.tsx';
import { FormDialog } from '../../ui/FormTools.tsx';
import { Money } from '../../ui/Money.tsx';
import { Empty, Page, Panel, Shown, Trouble } from '../../ui/Page.tsx';
import { Scroll } from '../../ui/Scroll.tsx';
import { ReceiptFrom } from '../payments/ReceiptFrom.tsx';
import { KeptReceipts } from './KeptReceipts.tsx';
import { Teams } from './Teams.tsx';
import { Whose, whoseWords } from './Whose.tsx';

type Waiting = Reply<typeof listWaitingReceipts>;
type Row = Waiting['rows'][number];
type Clock = Waiting['clocks'][number];

const STATE_WORDS = { running: 'in time', late: 'late', escalated: 'escalated' } as const;
const STATE_COLORS = { running: 'teal', late: 'yellow', escalated: 'red' } as const;

/** `5 h`, `26 h`, `4 days`. */
function waitedWords(hours: number): string {
  const DAY = 24;
  return hours < 3 * DAY ? `${Math.floor(hours)} h` : `${Math.floor(hours / DAY)} days`;
}

export default function WaitingReceiptsPage() {
  const read = useRead(listWaitingReceipts);
  const [setting, setSetting] = useState<Clock | null>(null);
  return (
    <Shown read={read}>
      {(found) => (
        <Page
          title="Waiting receipts"
          subtitle="Money that is not applied yet: how long it has waited, and whose it is to apply."
          actions={
            found.may.set === true
              ? found.clocks.map((clock) => (
                  <Button
                    key={clock.companyId}
                    variant="default"
                    leftSection={<IconClock size={16} aria-hidden />}
                    onClick={() => setSetting(clock)}
                  >
                    {found.clocks.length > 1 ? `Clock of ${clock.companyName}` : 'The clock'}
                  </Button>
                ))
              : null
          }
        >
          <SimpleGrid cols={{ base: 3 }}>
            <Figure label="In time">{countText(found.counts.running)}</Figure>
            <Figure label="Late">{countText(found.counts.late)}</Figure>
            <Figure label="Escalated" alarming={found.counts.escalated > 0}>
              {countText(found.counts.escalated)}
            </Figure>
          </SimpleGrid>
          <WaitingTable found={found} />
          <KeptReceipts found={found} />
          <Teams found={found} />
          <Months />
          {setting ? <ClockDialog clock={setting} onClose={() => setSetting(null)} /> : null}
        </Page>
      )}
    </Shown>
  );
}

function WaitingTable({ found }: { readonly found: Waiting }) {
  const go = useGo();
  const assign = useCommand(assignWaitingReceipts);
  const columns: readonly Column<Row>[] = [
    {
      key: 'who',
      title: 'From',
      grow: 45,
      cell: (row) => <ReceiptFrom who={row.who} number={row.number} />,
      under: (row) => whoseWords(row.owner, row.team),
    },
    {
      key: 'waited',
      title: 'Waited',
      cell: (row) => (
        <span title={`since ${momentWords(row.since)}, received ${momentWords(row.recordedAt)}`}>
          <Badge color={STATE_COLORS[row.state]} autoContrast>
            {waitedWords(row.hours)}
          </Badge>
        </span>
      ),
    },
    { key: 'state', title: 'Is', wideOnly: true, cell: (row) => STATE_WORDS[row.state] },
    {
      key: 'owner',
      title: 'Whose',
      wideOnly: true,
      cell: (row) => (
        <Whose
          label={`Who applies ${row.number}`}
          owner={row.owner}
          team={row.team}
          among={found.may.assign === true ? found : null}
          onGive={(to) => assign.mutate({ body: { paymentIds: [row.paymentId], ...to } })}
        />
      ),
    },
    { key: 'left', title: 'Not applied', numeric: true, cell: (row) => <Money value={row.unapplied} /> },
    {
      key: 'open',
      title: '',
      wideOnly: true,
      cell: (row) => (
        <Button
          size="compact-xs"
          variant="default"
          aria-label={`Apply ${row.number}`}
          onClick={() => go(`workbench?receipt=${row.paymentId}`)}
        >
          Apply
        </Button>
      ),
    },
  ];
  return (
    <>
      {assign.error ? <Trouble problem={assign.error} /> : null}
      <DataTable
        label="Waiting receipts"
        columns={columns}
        rows={found.rows}
        keyOf={(row) => row.paymentId}
        onOpen={(row) => go(`workbench?receipt=${row.paymentId}`)}
        empty={
          <Empty icon={<IconClockCheck size={36} stroke={1.4} />} title="Nothing waits">
            All money that came is applied.
          </Empty>
        }
      />
    </>
  );
}

/** `97.3 %`; a dash where there is nothing to take a share of. */
function shareWords(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((part / whole) * 100).toFixed(1)} %`;
}

function Months() {
  const read = useRead(readReceiptFigures);
  return (
    <Panel title="By month">
      <Shown read={read}>
        {({ months }) =>
          months.length === 0 ? (
            <Text size="sm" c="dimmed">
              No receipt was applied in the last twelve months.
            </Text>
          ) : (
            <Stack gap="xs">
              <Scroll minWidth={640} label="Receipts by month">
                <Table>
                  <Table.Thead>
                    <Table.Tr>
                      <Table.Th>Month</Table.Th>
                      <Table.Th>Applied in time</Table.Th>
                      <Table.Th className="numeric">Median hours</Table.Th>
                      <Table.Th className="numeric">Payer found</Table.Th>
                      <Table.Th className="numeric">Applied by machine</Table.Th>
                      <Table.Th className="numeric">Of that stood</Table.Th>
                    </Table.Tr>
                  </Table.Thead>
                  <Table.Tbody>
                    {months.toReversed().map((month) => (
                      <Table.Tr key={month.month}>
                        <Table.Td style={{ whiteSpace: 'nowrap' }}>{month.month}</Table.Td>
                        <Table.Td>
                          <Group gap="xs" wrap="nowrap">
                            <Progress
                              value={month.applied === 0 ? 0 : (month.inTime / month.applied) * 100}
                              w={90}
                              aria-label={`Applied in time in ${month.month}`}
                            />
                            <Text size="xs">
                              {shareWords(month.inTime, month.applied)} of {countText(month.applied)}
                            </Text>
                          </Group>
                        </Table.Td>
                        <Table.Td className="numeric">{month.medianHours ?? '–'}</Table.Td>
                        <Table.Td className="numeric">
                          {shareWords(month.payerFound, month.receipts)}
                        </Table.Td>
                        <Table.Td className="numeric">
                          {shareWords(month.appliedByMachine, month.receipts)}
                        </Table.Td>
                        <Table.Td className="numeric">
                          {shareWords(month.machineMade - month.machineReversed, month.machineMade)}
                        </Table.Td>
                      </Table.Tr>
                    ))}
                  </Table.Tbody>
                </Table>
              </Scroll>
              <Text size="xs" c="dimmed">
                Payer found: nobody had to say who paid. Applied by machine: all of the receipt, by itself. Of
                that stood: not taken back later while the money stayed.
              </Text>
            </Stack>
          )
        }
      </Shown>
    </Panel>
  );
}

function ClockDialog({ clock, onClose }: { readonly clock: Clock; onClose(): void }) {
  const set = useCommand(setReceiptClock);
  const [applyHours, setApplyHours] = useState<string | number>(clock.applyHours);
  const [escalateHours, setEscalateHours] = useState<string | number>(clock.escalateHours);
  const [counts, setCounts] = useState<Clock['counts']>(clock.counts);
  return (
    <FormDialog
      title={`The clock of ${clock.companyName}`}
      opened
      onClose={onClose}
      onSubmit={() =>
        set.mutate(
          {
            params: { companyId: clock.companyId },
            body: { applyHours: Number(applyHours), escalateHours: Number(escalateHours), counts },
          },
          { onSuccess: onClose },
        )
      }
      submitLabel="Save"
      busy={set.isPending}
      problem={set.error}
    >
      <NumberInput
        label="Applied within, hours"
        description="From the moment a receipt was recorded"
        required
        min={1}
        max={720}
        value={applyHours}
        onChange={setApplyHours}
      />
      <NumberInput
        label="Escalates after, hours"
        description="Whoever it is for (of a team, its lead), controllers and owners are told by mail, once"
        required
        min={1}
        max={2160}
        value={escalateHours}
        onChange={setEscalateHours}
      />
      <Select
        label="Hours that count"
        data={[
          { value: 'business', label: 'Of business days, by the calendar of the company' },
          { value: 'all', label: 'All hours' },
        ]}
        value={counts}
        allowDeselect={false}
        onChange={(value) => value && setCounts(value as Clock['counts'])}
      />
    </FormDialog>
  );
}
