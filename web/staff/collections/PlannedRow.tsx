// One customer of a dry run: what they would be told and why, and what is left out.

import { Accordion, Badge, Button, Checkbox, Group, Stack, Table, Text } from '@mantine/core';
import { IconEye } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { takeSkipBack } from '#skips/contract.ts';
import { useCommand } from '../../lib/data.ts';
import { dayWords, lateWords } from '../../lib/format.ts';
import { heading } from '../../lib/words.ts';
import { Money } from '../../ui/Money.tsx';
import { Trouble } from '../../ui/Page.tsx';
import { Scroll } from '../../ui/Scroll.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { keyOf, PHASE_COLORS, type Planned, reasonWords } from './plan-words.ts';
import type { ToSkip } from './SkipDialog.tsx';

type PlannedRowProps = {
  /** With no policy where nothing would be said, and something was. */
  readonly row: Omit<Planned, 'policy'> & { readonly policy: Planned['policy'] | null };
  /** Stands beside the phase. */
  readonly mark?: ReactNode;
  /** Stands below the invoices. */
  readonly children?: ReactNode;
  /** Of a past day, on which nothing can be done any more. */
  readonly isPast?: boolean;
  /** Ticked, to be skipped with others; left out where nobody may. */
  readonly tick?: { readonly isOn: boolean; toggle(): void } | undefined;
  onLook(): void;
  /** Asks what is to be skipped; left out where nobody may, or the day is past. */
  readonly onSkip?: ((of: ToSkip) => void) | undefined;
};

export function PlannedRow({ row, tick, mark, children, isPast = false, onLook, onSkip }: PlannedRowProps) {
  return (
    <Accordion.Item value={keyOf(row)}>
      <Group gap={0} wrap="nowrap">
        {tick ? (
          <Checkbox
            pl="md"
            aria-label={`Choose ${row.customerName}`}
            checked={tick.isOn}
            onChange={() => tick.toggle()}
          />
        ) : null}
        <Accordion.Control data-plan-row={keyOf(row)} miw={0}>
          <Group justify="space-between" pr="md" gap="xs">
            <div style={{ flex: '1 1 180px', minWidth: 0 }}>
              <Text fw={600} truncate>
                {row.customerName}
              </Text>
              <Text size="xs" c="dimmed" truncate>
                {row.channel === 'post' ? 'By post: ' : ''}
                {row.recipient ?? (row.policy ? 'nobody to write to' : 'nothing was to be said')}
              </Text>
            </div>
            <Group gap="xs">
              {mark}
              {row.waits ? (
                <Badge color="yellow" variant="light">
                  would wait
                </Badge>
              ) : null}
              {row.phase ? (
                <Badge color={PHASE_COLORS[row.phase] ?? 'gray'} variant="light">
                  {heading(row.phase)}
                </Badge>
              ) : row.policy ? (
                <Badge color="gray">left out</Badge>
              ) : null}
              <span>
                {row.totals.map((total) => (
                  <div key={total.currency}>
                    <Money value={total} />
                  </div>
                ))}
              </span>
            </Group>
          </Group>
        </Accordion.Control>
      </Group>
      <Accordion.Panel>
        <Stack gap="xs">
          <Why row={row} />
          <Items row={row} onSkip={onSkip} isPast={isPast} />
          {children}
          <Group>
            {row.phase ? (
              <Button size="xs" variant="default" leftSection={<IconEye size={14} />} onClick={onLook}>
                See the message
              </Button>
            ) : null}
            {onSkip && row.phase ? (
              <Button
                size="xs"
                variant="default"
                onClick={() =>
                  onSkip({ companyId: row.companyId, customerId: row.customerId, name: row.customerName })
                }
              >
                Skip this customer
              </Button>
            ) : null}
          </Group>
        </Stack>
      </Accordion.Panel>
    </Accordion.Item>
  );
}

function Why({ row }: Pick<PlannedRowProps, 'row'>) {
  return (
    <Text size="sm" c="dimmed">
      {row.policy ? (
        <>
          By the policy <strong>{row.policy.name}</strong>
          {row.items.length > 0
            ? `, step ${Math.max(...row.items.map(({ step }) => step))}, because the oldest of them is ${lateWords(
                Math.max(...row.items.map(({ daysLate }) => daysLate)),
              )}.`
            : '.'}
        </>
      ) : (
        'Nothing was to be said.'
      )}
    </Text>
  );
}

function Items({ row, onSkip, isPast }: Pick<PlannedRowProps, 'row' | 'onSkip' | 'isPast'>) {
  const { companyId, customerId } = row;
  const back = useCommand(takeSkipBack);
  return (
    <>
      {back.error ? <Trouble problem={back.error} /> : null}
      <Scroll minWidth={480}>
        <Table>
          <Table.Tbody>
            {row.items.map((item) => (
              <Table.Tr key={item.itemId}>
                <Table.Td>
                  <TenantLink to={`invoices/${item.documentId}`}>{item.reference}</TenantLink>
                </Table.Td>
                <Table.Td>
                  {dayWords(item.dueOn)} · {lateWords(item.daysLate)}
                </Table.Td>
                <Table.Td>
                  step {item.step}, {heading(item.phase)}
                  {item.waitingMoney ? <WaitingMoney money={item.waitingMoney} /> : null}
                </Table.Td>
                <Table.Td className="numeric">
                  <Money value={item.open} />
                  {item.disputed ? (
                    <Text size="xs" c="dimmed">
                      besides <Money value={item.disputed} /> in dispute
                    </Text>
                  ) : null}
                </Table.Td>
                <Table.Td w={1}>
                  {onSkip && row.items.length > 1 ? (
                    <Button
                      size="compact-xs"
                      variant="subtle"
                      aria-label={`Skip ${item.reference}`}
                      onClick={() =>
                        onSkip({ companyId, customerId, itemId: item.itemId, name: item.reference })
                      }
                    >
                      Skip
                    </Button>
                  ) : null}
                </Table.Td>
              </Table.Tr>
            ))}
            {row.leftOut.map((item) => (
              <Table.Tr key={item.itemId} c="dimmed">
                <Table.Td>{item.reference}</Table.Td>
                <Table.Td>{dayWords(item.dueOn)}</Table.Td>
                <Table.Td>
                  left out: {reasonWords(item.reason)}
                  {item.skip ? (
                    <Text size="xs">
                      “{item.skip.reason}” {item.skip.skippedBy}, until {dayWords(item.skip.until)}
                    </Text>
                  ) : null}
                </Table.Td>
                <Table.Td className="numeric">
                  <Money value={item.open} />
                </Table.Td>
                <Table.Td w={1}>
                  {item.skip?.may.takeBack === true && !isPast ? (
                    <Button
                      size="compact-xs"
                      variant="subtle"
                      aria-label={`Take back the skip of ${item.reference}`}
                      loading={back.isPending}
                      onClick={() => back.mutate({ params: { skipId: item.skip?.skipId ?? '' } })}
                    >
                      Take back
                    </Button>
                  ) : null}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Scroll>
    </>
  );
}

type Waiting = NonNullable<Planned['items'][number]['waitingMoney']>;

const COVERS: Readonly<Record<Waiting['reason'], string>> = {
  named: 'names it',
  customers_money: 'is of this customer and would pay it',
  exact_amount: 'has its very amount',
  whole_balance: 'would pay all that is asked for',
};

/** Money that came and could be for an item, which is not asked for until that is known. */
function WaitingMoney({ money }: { readonly money: Waiting }) {
  return (
    <Text size="xs" className="late">
      held back:{' '}
      {money.source === 'receipt' ? (
        <TenantLink to={`payments/${money.id}`}>{money.name}</TenantLink>
      ) : (
        `what the bank announced (${money.name})`
      )}{' '}
      {COVERS[money.reason]}
    </Text>
  );
}
